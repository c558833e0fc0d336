/** What changed the terms of an arena last round and changes none now. Pure. */
import type { Arena, Cause, Effect, RoundResolved, Seat, TermChange } from "../wire/types.ts";

/** seats: whose terms; nobody named: everybody's. because: of one bloc, caller or link, or of all
 * who share a cause. */
export type Ended = { cause: Cause; seats: readonly Seat[]; because: readonly string[] };

/** Causes of which each arena or seat ends on its own. */
const APART: readonly Cause[] = ["shadow", "ally_in_crisis", "link"];

/** What no longer counts in an arena, each cause once; an institution only fades. */
export function endedIn(last: Arena | undefined, arena: Arena): Ended[] {
  const now = new Set((arena.changes ?? []).flatMap(apart).map(keyOf));
  const gone = (last?.changes ?? [])
    .filter(({ cause }) => cause !== "institution")
    .flatMap(apart)
    .filter((each) => !now.has(keyOf(each)));
  return [...new Map(gone.map((each) => [keyOf(each), each])).values()];
}

function apart({ cause, seats, because }: TermChange): Ended[] {
  if (!APART.includes(cause)) return [{ cause, seats, because }];
  return because.map((one) => ({ cause, seats, because: [one] }));
}

/** Two who are wary, and trade that suffers by it, are one cause. */
function keyOf({ cause, seats, because }: Ended): string {
  return [cause, ...(cause === "wary" ? [] : seats), "by", ...because].join(" ");
}

/** Effects of moves that had their last round in this one, and were not made again. */
export function runOut(
  effects: readonly Effect[],
  { round, effects: after }: Pick<RoundResolved, "round" | "effects">,
): Effect[] {
  const isAgain = ({ kind, arena, other_arena, makers }: Effect) =>
    after.some(
      (each) =>
        each.kind === kind &&
        each.arena === arena &&
        each.other_arena === other_arena &&
        makers.every((seat) => each.makers.includes(seat)),
    );
  return effects.filter((each) => each.last_round === round && !isAgain(each));
}
