import { expect, test } from "vitest";
import type { Averaged, WeighedChoice } from "../wire/types.ts";
import { luckWords } from "./board-words.ts";

const choice = { action: "D" } as WeighedChoice;
const estimate = (low: number, high: number) => ({ mean: (low + high) / 2, low, high });

test.each([
  [0.1, 2, /^Not bad luck: .*Cooperate/],
  [-2, -0.1, /^Bad luck: .*Defect/],
  [-1, 2, /^Perhaps bad luck/],
  [0, 0, /^Perhaps bad luck/],
])("an interval from %d to %d says whether it was luck", (low, high, words) => {
  const points = estimate(low, high);
  expect(luckWords(choice, { runs: 50, points } as Averaged)).toMatch(words);
});
