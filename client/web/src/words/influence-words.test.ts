import { expect, test } from "vitest";
import { summit } from "../rules/samples.ts";
import { influenceWords } from "./influence-words.ts";
import { seatNames } from "./words.ts";

const NAMES = seatNames(summit());
const said = (of_c: number, of_d: number, mine: string | null) => {
  const influence = { pair: ["CHN", "USA"], of_c, of_d, source: "" } as const;
  return influenceWords({ seat: "RED", influence }, mine, NAMES);
};

test("what a seat that is no state does to rivals is told to itself and to the others", () => {
  expect(said(0.02, 0, "RED")).toEqual([
    "When you cooperate, the tension between China and the United States falls by up to 2 percentage points.",
  ]);
  expect(said(0.02, 0.015, "CHN")).toEqual([
    "When the relief agency cooperates, the tension between China and the United States falls by up to 2 percentage points.",
    "When the relief agency defects, the tension between China and the United States rises by up to 1.5 percentage points.",
  ]);
  expect(said(0, 0, "RED")).toEqual([]);
  expect(influenceWords({ seat: "CHN" }, "CHN", NAMES)).toEqual([]);
});

test("one percentage point is no points", () => {
  for (const mine of ["RED", null])
    for (const words of said(0.01, 0.01, mine))
      expect(words).toMatch(/by up to 1 percentage point\.$/);
});
