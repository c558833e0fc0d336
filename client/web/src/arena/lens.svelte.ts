/** Through which lens the table is read now; one for all cards, until the page is left. */
import { worth, type Reading } from "../rules/lenses.ts";
import type { ArenaResult, Position, Scenario, Seat, Standing } from "../wire/types.ts";
import { hasLenses } from "../words/lens-words.ts";

export const READINGS = [
  "material",
  "realism",
  "liberalism",
  "constructivism",
] as const satisfies readonly Reading[];

let current = $state<Reading>("material");

export const lens = {
  get is(): Reading {
    return current;
  },
  set is(reading: Reading) {
    current = reading;
  },
  /** The next one round, for a key. */
  next(): Reading {
    current = READINGS[(READINGS.indexOf(current) + 1) % READINGS.length]!;
    return current;
  },
};

/** What a result is worth to a seat through the lens in use; it is seen as things stood before the
    round. Null where none is in use, or the seat's is not known. first: how the match began. */
export function worthThroughLens(position: Position, scenario: Scenario, first: Standing) {
  return (result: ArenaResult, seat: Seat): number | null => {
    if (lens.is === "material" || !hasLenses(scenario, position.standing, seat)) return null;
    return worth(lens.is, result, seat, scenario, position.history.at(-2)?.standing ?? first);
  };
}
