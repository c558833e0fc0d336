/** The standing after a round of rules 2, from the one before it and the entries that changed.
 *
 * The twin of `changed` in `game_rules/standing/change.py`; shared vectors keep the two alike.
 */
import type { Keeps, RivalPair, Seat, Standing, StandingChange } from "../wire/types.ts";

type Rows<F> = Readonly<Record<Seat, Readonly<Record<Seat, F>>>>;

/** Put a change over a standing; what of the old one stays, the change itself says. */
export function changed(before: Standing, change: StandingChange): Standing {
  const { keeps } = change;
  const isWhole = keeps === "all" || keeps === "own";
  const institutions = keeps === "nothing" ? {} : before.institutions;
  const { produced } = change;
  return {
    rounds: change.rounds,
    faith: merged(kept(before.faith, change.faith, keeps), change.faith),
    affinity: merged(kept(before.affinity, change.affinity, keeps), change.affinity),
    dependency: merged(isWhole ? before.dependency : {}, change.dependency),
    rivals: pairs(isWhole ? before.rivals : [], change.rivals),
    institutions: { ...institutions, ...change.institutions },
    norms: { ...(isWhole ? before.norms : {}), ...change.norms },
    calm_rounds: change.calm_rounds,
    fragmented_rounds: change.fragmented_rounds,
    integration: change.integration,
    ...(Object.keys(produced).length > 0 && { produced }),
  };
}

/** Of the rows before: all, none, or those that the change names. */
function kept<F>(before: Rows<F>, named: Rows<F>, keeps: Keeps): Rows<F> {
  if (keeps === "all") return before;
  if (keeps === "nothing") return {};
  return Object.fromEntries(Object.entries(before).filter(([seat]) => seat in named));
}

function merged<F>(before: Rows<F>, rows: Rows<F>): Rows<F> {
  const both: Record<Seat, Readonly<Record<Seat, F>>> = { ...before };
  for (const [seat, row] of Object.entries(rows)) {
    // A row that is named without entries only stays as it was.
    const isEmpty = Object.keys(row).length === 0;
    if (!isEmpty || seat in both) both[seat] = { ...both[seat], ...row };
  }
  return both;
}

/** A pair keeps its place in the order; who it is of is said by its seats. */
function pairs(before: readonly RivalPair[], after: readonly RivalPair[]): readonly RivalPair[] {
  const known = new Map([...before, ...after].map((pair) => [pair.seats.join(" "), pair]));
  return [...known.values()];
}
