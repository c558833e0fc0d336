/** What a seat would have got from a round by its other action in one arena. Pure.
 *
 * The choices of all others stay as they were, so what changes is what that arena pays, what the
 * seat's commitments cost and what its own pledges forfeit; vectors of the engine hold it to that.
 * The shadow and leverage follow from others' actions alone.
 */
import type { Action, Arena, Pact, Position, RoundResolved, Seat } from "../wire/types.ts";
import { overstretch } from "./effort.ts";
import { payoffs } from "./games.ts";
import { CRISIS } from "./in-force.ts";
import { binds } from "./ledger.ts";
import { resultIn } from "./series.ts";

/** arena: where. action: the other one. gain: the round's gain with it. arenas, stretch, pacts: what
 * of the difference each line makes, in points. */
export type WhatIf = {
  arena: Arena;
  action: Action;
  gain: number;
  arenas: number;
  stretch: number;
  pacts: number;
};

/** One for each arena in which the seat could have acted otherwise; none under rules 1, whose
 * incidents cost what a seat cannot know.
 *
 * before: the position in which the orders were opened.
 */
export function whatIfs(before: Position, round: RoundResolved, seat: Seat): WhatIf[] {
  if (before.rules_version < 2) return [];
  return before.arenas.flatMap((arena) => {
    const result = resultIn(round, arena.name);
    const done = result?.actions[seat];
    if (!result || done === undefined || result.sources[seat] === "executed") return [];
    const action = done === "C" ? "D" : "C";
    const parts = {
      arenas:
        paid(arena, { ...result.actions, [seat]: action }, seat) - (result.payoffs[seat] ?? 0),
      stretch: stretched(before, round, seat, arena.name, action),
      pacts: forfeits(before.pacts, round, seat, arena.name, action),
    };
    const gain = (round.gains[seat] ?? 0) + parts.arenas + parts.stretch + parts.pacts;
    return [{ arena, action, gain, ...parts }];
  });
}

function paid(
  { game, members }: Arena,
  actions: Readonly<Record<Seat, Action>>,
  seat: Seat,
): number {
  const profile = members.map((member) => actions[member] ?? "D");
  return payoffs(game, profile)[members.indexOf(seat)] ?? 0;
}

/** What one commitment more costs, or one less saves, beside the seat's others. */
function stretched(
  { scenario }: Position,
  { results }: RoundResolved,
  seat: Seat,
  arena: string,
  action: Action,
): number {
  if (arena.startsWith(CRISIS)) return 0;
  const kept = results.filter(
    ({ arena: name, actions }) => actions[seat] === "C" && !name.startsWith(CRISIS),
  ).length;
  const cost = (count: number) => overstretch(scenario, seat, count);
  return cost(kept) - cost(action === "C" ? kept + 1 : kept - 1);
}

/** What the seat's own pledges in an arena forfeit as it was, less what they would have. */
function forfeits(
  pacts: readonly Pact[],
  { round }: RoundResolved,
  seat: Seat,
  arena: string,
  action: Action,
): number {
  return pacts
    .filter((pact) => binds(pact, seat, round))
    .flatMap(({ terms }) => terms.pledges.map((pledge) => ({ ...pledge, stake: terms.stake })))
    .filter((pledge) => pledge.seat === seat && pledge.arena === arena)
    .reduce((sum, pledge) => sum + (pledge.action === action ? pledge.stake : -pledge.stake), 0);
}
