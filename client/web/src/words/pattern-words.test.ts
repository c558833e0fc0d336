// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { ArenaAdvice, PatternDocument } from "../wire/types.ts";
import {
  casesWords,
  effortWords,
  fragileWords,
  horizonWords,
  peopleWords,
  tippingWords,
} from "./pattern-words.ts";

const PATTERN: PatternDocument = {
  best_in: 3,
  cases: 16,
  curve: [],
  tipping_points: [
    { belief: 0.25, is_c_above: true },
    { belief: 0.8, is_c_above: false },
  ],
  z_is_bound: false,
  worst: 1,
  horizon: "by_chance",
  quality: 0.9,
  continuation: 0.9,
  no_end_before: 4,
  fragile: null,
};
const CROWD = { ...PATTERN, best_in: null, tipping_points: null, horizon: null };

test("every tipping point says which action is better above it", () => {
  const told = tippingWords(PATTERN);
  expect(told).toContain("Cooperating is better if you trust each of the others more than 25%.");
  expect(told).toContain("Defecting is better if you trust each of the others more than 80%.");
  expect(tippingWords({ ...PATTERN, tipping_points: [] })).toContain("no difference");
  expect(tippingWords(CROWD)).toContain("too many members");
});

test("the end decides what is said of the future", () => {
  expect(horizonWords(PATTERN, "2/3")).toContain("before round 4");
  expect(horizonWords({ ...PATTERN, no_end_before: 0 }, "2/3")).not.toContain("before round");
  expect(horizonWords(PATTERN, null)).toContain("Even a certain future");
  const known = (["unravels", "can_hold", "no_equilibrium"] as const).map((horizon) =>
    horizonWords({ ...PATTERN, horizon }, null),
  );
  expect(new Set(known).size).toBe(3);
  expect(known.every((words) => words.includes("number of rounds is known"))).toBe(true);
  expect(horizonWords(CROWD, null)).toContain("too many members");
});

test("cases are counted where they can be", () => {
  expect(casesWords(PATTERN)).toBe("Cooperating is best in 3 of 16 cases.");
  expect(casesWords(CROWD)).toBe("");
});

test("a fragile name says what it would be instead, and how often", () => {
  expect(fragileWords(PATTERN)).toBe("");
  const told = fragileWords({ ...PATTERN, fragile: { share: 0.25, instead: "stag_hunt" } });
  expect(told).toContain("Stag Hunt in 25% of cases");
});

test("effort is told where one more commitment costs any", () => {
  const told = (effort: ArenaAdvice["effort"]) => effortWords({ effort } as ArenaAdvice);
  expect(told(undefined)).toBe("");
  expect(told({ price: 0, is_given_up: false })).toBe("");
  expect(told({ price: 1.5, is_given_up: false })).toContain("1.5 points of effort");
  expect(told({ price: 1.5, is_given_up: true })).toContain("give up this one");
});

test("what people did is told with its interval, or why it is not known", () => {
  const people = { first_round: 0.62, low: 0.42, high: 0.83, basin: 0.2, delta_rd: 0.6 };
  const advice = { people, people_reason: null } as ArenaAdvice;
  const told = peopleWords(advice);
  for (const figure of ["62%", "42%", "83%", "20%", "60%", "Vorobeychik"]) {
    expect(told).toContain(figure);
  }
  const unknown = (people_reason: ArenaAdvice["people_reason"]) =>
    peopleWords({ ...advice, people: null, people_reason });
  expect(unknown("known_length")).toContain("chance decides");
  expect(unknown("not_symmetric")).toContain("same payoffs");
  expect(unknown("not_a_dilemma")).toBe("");
});

test("without greed no shadow is asked for, and the last known round promises none", () => {
  expect(horizonWords(PATTERN, "0")).toBe("Cooperation needs no shadow of the future here.");
  const known: PatternDocument = { ...PATTERN, horizon: "can_hold" };
  expect(horizonWords(known, "0")).toContain("until near the end");
  expect(horizonWords(known, "0", true)).toContain("This is the last round");
});
