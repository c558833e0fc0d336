import { expect, test } from "vitest";
import { compare, series } from "./compare.ts";
import { matchCard } from "../net/seminar-samples.ts";

const talk = matchCard({ match: "a", treatment: "talk", cooperation: [1, 0.5], index: [40, 60] });
const alsoTalk = matchCard({ match: "b", treatment: "talk", cooperation: [0.5], index: [20] });
const silence = matchCard({ match: "c", treatment: "silence" });

test("a condition is the mean of its matches, each counted once", () => {
  const [row] = compare([talk, alsoTalk, silence]);
  expect(row).toMatchObject({
    treatment: "talk",
    matches: 2,
    rounds: 3,
    lowest: 0.5,
    highest: 0.75,
    index: 40,
  });
  expect(row?.cooperation).toBeCloseTo(0.625);
});

test("a round is the mean of the matches that have played it", () => {
  expect(compare([talk, alsoTalk])[0]?.byRound).toEqual([0.75, 0.5]);
});

test("before any round nothing is claimed", () => {
  expect(compare([silence])).toEqual([
    {
      treatment: "silence",
      matches: 1,
      rounds: 0,
      cooperation: null,
      lowest: null,
      highest: null,
      index: null,
      byRound: [],
    },
  ]);
});

test("matches without a condition are one line", () => {
  expect(series(compare([matchCard({ cooperation: [0.25] })]), "none")).toEqual([
    { name: "none", values: [0.25] },
  ]);
});
