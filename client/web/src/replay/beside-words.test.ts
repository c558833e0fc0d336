import { expect, test } from "vitest";
import type { Difference, LargestPart } from "../wire/types.ts";
import { differenceWords } from "./beside-words.ts";

const NONE = {
  fell: 0,
  other: 0,
  round: null,
  seats: [],
  parting: null,
  part: null,
  largest: null,
} satisfies Partial<Difference>;
const nameOf = (seat: string) => ({ CHN: "China", JPN: "Japan" })[seat] ?? seat;

function said(each: Partial<Difference> & Pick<Difference, "kind">, named = nameOf): string {
  return differenceWords({ ...NONE, ...each }, [], named).replace(/[\u2066-\u2069]/g, "");
}

test("the first choice that differs is told with both actions", () => {
  const parting = { round: 3, seat: "CHN", arena: "strait", fell: "C", other: "D" } as const;
  expect(said({ kind: "first", parting })).toBe(
    "First difference, round 3: China chose Defect instead of Cooperate. strait.",
  );
});

test("points say in which course a seat has more, and which arena brought most of it", () => {
  const largest: LargestPart = { arena: "strait", points: 3, seats: ["JPN"] };
  const points = { kind: "points", seats: ["CHN"], largest } as const;
  expect(said({ ...points, fell: 4, other: 6.5 })).toBe(
    "China: 2.5 points more in the model. Largest part: strait, +3. Choices differ there: Japan.",
  );
  expect(said({ ...points, largest: null, fell: 6, other: 4 })).toBe(
    "China: 2 points less in the model.",
  );
});

test("the difference of two points is that of the figures that are shown", () => {
  const points = { kind: "points", seats: ["CHN"] } as const;
  expect(said({ ...points, fell: 4.34, other: 3.65 })).toBe("China: 0.6 points less in the model.");
});

test("a crisis is told of the course that had it, and figures of both", () => {
  const crisis = { kind: "crisis", round: 2, seats: ["CHN", "JPN"] } as const;
  expect(said({ ...crisis, other: 1 })).toBe(
    "Only the model had the crisis of round 2: China and Japan.",
  );
  expect(said({ ...crisis, fell: 1 })).toBe(
    "Only the match had the crisis of round 2: China and Japan.",
  );
  expect(said({ kind: "index", fell: 40, other: 52, part: "trust" })).toBe(
    "Integration at the end: 40 in the match, 52 in the model. Largest change: Trust.",
  );
  expect(said({ kind: "pacts", fell: 2, other: 0 })).toContain("2 in the match, 0 in the model");
  expect(said({ kind: "alike" })).toContain("Nothing differs");
});

test("a name that has an article has it in these sentences", () => {
  const named = (seat: string) => ({ PHL: "Philippines", USA: "United States" })[seat]!;
  const parting = { round: 3, seat: "PHL", arena: "strait", fell: "C", other: "D" } as const;
  expect(said({ kind: "first", parting }, named)).toContain("the Philippines chose Defect");
  expect(said({ kind: "crisis", round: 2, seats: ["PHL", "USA"], other: 1 }, named)).toBe(
    "Only the model had the crisis of round 2: the Philippines and the United States.",
  );
});
