/** What the terms of an arena were changed by this round, step by step, for one member. Pure. */
import type { Arena, Scenario, Seat, TermChange, Terms } from "../wire/types.ts";

/** One change of a term of a seat, and what it was before and is after. */
export type Step = { seat: Seat; change: TermChange; before: number; after: number };

/** The steps that lead from a scenario's terms of a seat to those in force, in their order.
 *
 * A step that leaves a term as it was, e.g. a share of nothing, is none.
 * News comes after them and is told apart. A seat that joined has no terms of its own in the
 * scenario: its steps are reckoned back from the terms that it has.
 */
export function stepsOf(
  arena: Arena,
  seat: Seat,
  scenario: Pick<Scenario, "arenas">,
): readonly Step[] {
  const { changes = [], game, members } = arena;
  const own = changes.filter(({ seats }) => seats.length === 0 || seats.includes(seat));
  if (own.length === 0 || game.type !== "collective") return [];
  const at = {
    ...(written(arena, seat, scenario) ?? undone(game.terms[members.indexOf(seat)]!, own)),
  };
  const steps = own.map((change) => {
    const term = change.parameter as keyof Terms;
    const before = at[term];
    at[term] = before * change.factor + change.added;
    return { seat, change, before, after: at[term] };
  });
  return steps.filter(({ before, after }) => before !== after);
}

function written(arena: Arena, seat: Seat, { arenas }: Pick<Scenario, "arenas">): Terms | null {
  const plain = arenas.find(({ name }) => name === arena.name);
  const member = plain?.members.indexOf(seat) ?? -1;
  return plain?.game.type === "collective" ? (plain.game.terms[member] ?? null) : null;
}

function undone(terms: Terms, changes: readonly TermChange[]): Terms {
  const at = { ...terms };
  for (const { parameter, factor, added } of changes.toReversed()) {
    const term = parameter as keyof Terms;
    at[term] = (at[term] - added) / factor;
  }
  return at;
}
