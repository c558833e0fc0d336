/** What was expected of others in a round, beside what they did. Pure. */
import type { Action, Position, RoundResolved, Seat } from "../wire/types.ts";
import { resultIn } from "./series.ts";

/** by: who expected it. of: from whom. done: what that seat did, as far as the viewer saw it. */
export type Guess = {
  by: Seat;
  of: Seat;
  arena: string;
  expected: Action;
  done: Action;
  isRight: boolean;
};

/** The forecasts of a round that a viewer knows; by: of one seat alone. */
export function guessesOf(
  { forecasts }: Pick<Position, "forecasts">,
  round: RoundResolved,
  by: Seat | null,
): Guess[] {
  return forecasts
    .filter((each) => each.round === round.round && (by === null || each.seat === by))
    .flatMap(({ seat, arena, actions }) =>
      Object.entries(actions).flatMap(([of, expected]) => {
        const done = resultIn(round, arena)?.actions[of];
        if (done === undefined || of === seat) return [];
        return [{ by: seat, of, arena, expected, done, isRight: done === expected }];
      }),
    );
}
