/** Allies that call: who is in a crisis outside an alliance, whom that calls on, and what to refuse
 * costs. Read from the terms in force, which everybody is told. Pure. */
import type { Action, Arena, Seat } from "../wire/types.ts";
import { payoffs } from "./games.ts";
import { CRISIS } from "./in-force.ts";

/** caller: in crisis with an opponent outside the alliance. called: its ally there. */
export type Call = { arena: Arena; caller: Seat; called: Seat; opponent: Seat };

/** What the two get where the ally holds (C), and where it does not. */
export type Answers = Readonly<Record<Action, { called: number; caller: number }>>;

/** The calls of a round, from the arenas that are played in it. */
export function callsIn(arenas: readonly Arena[]): Call[] {
  return arenas.flatMap((arena) =>
    (arena.changes ?? [])
      .filter(({ cause }) => cause === "ally_in_crisis")
      .flatMap(({ seats, because }) =>
        seats.flatMap((called) =>
          because.flatMap((caller) => {
            const opponent = opponentOf(caller, arena, arenas);
            return opponent === undefined ? [] : [{ arena, caller, called, opponent }];
          }),
        ),
      ),
  );
}

/** Whom a member of an alliance is in a crisis with outside of it. */
function opponentOf(caller: Seat, { members }: Arena, arenas: readonly Arena[]): Seat | undefined {
  return arenas
    .filter(({ name, members: pair }) => name.startsWith(CRISIS) && pair.includes(caller))
    .flatMap(({ members: pair }) => pair)
    .find((seat) => seat !== caller && !members.includes(seat));
}

/** What a call's two answers pay, as all others did; who is not named cooperated. */
export function answersTo(
  { arena: { game, members }, called, caller }: Call,
  actions: Readonly<Record<Seat, Action>> = {},
): Answers {
  const paid = (answer: Action) => {
    const profile = members.map((seat) => (seat === called ? answer : (actions[seat] ?? "C")));
    const points = payoffs(game, profile);
    return { called: points[members.indexOf(called)]!, caller: points[members.indexOf(caller)]! };
  };
  return { C: paid("C"), D: paid("D") };
}
