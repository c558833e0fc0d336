/** Through which lens the table is read now; one for all cards, until the page is left. */
import type { Reading } from "../rules/lenses.ts";

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
