import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { Arena, Position } from "../wire/types.ts";
import { largest, outlook, standIn } from "./outlook.ts";

const dyad = scenario().arenas[0]!;
const terms = { b: 7, c: 2, e: 2, g: 2.5, d: 1.5, sigma: 0.5 };
const trio: Arena = {
  ...dyad,
  members: ["CHN", "PHL", "VNM"],
  game: { type: "collective", weights: [0.5, 0.2, 0.3], terms: [terms, terms, terms], theta: 0.5 },
};

test("in an arena of two each cell says what both get", () => {
  const { rows, other, gameClass } = outlook(dyad, "PHL");
  expect(other).toBe("CHN");
  expect(gameClass).toBe("prisoners_dilemma");
  expect(rows.map(({ cells }) => cells.map(({ points, others }) => [points, others]))).toEqual([
    [
      [3, 3],
      [0, 5],
    ],
    [
      [5, 0],
      [1, 1],
    ],
  ]);
});

test("in a larger arena the cells are the corners, and others' points are left out", () => {
  const { rows, corners, other, weight } = outlook(trio, "PHL");
  expect(other).toBeNull();
  expect(weight).toBe(0.2);
  expect(rows[0]!.cells.map(({ points }) => points)).toEqual([corners.R, corners.S]);
  expect(rows[1]!.cells.map(({ points }) => points)).toEqual([corners.T, corners.P]);
  expect(rows[0]!.cells[0]!.others).toBeNull();
});

test("bars are drawn against the largest figure of the card", () => {
  expect(largest(outlook(dyad, "CHN"))).toBe(5);
});

test("a missing order repeats the last one where the scenario says so, and else defects", () => {
  const start = fold([created(scenario())])!;
  const later: Position = {
    ...start,
    history: [resolved(1, { results: [chosen({ CHN: "C" })] })],
  };
  expect(standIn(start, "talks", "CHN")).toEqual({ action: "D", isRepeat: false });
  expect(standIn(later, "talks", "CHN")).toEqual({ action: "C", isRepeat: true });
  const strict = { ...later, scenario: scenario({ missing_order: ["defect"] }) };
  expect(standIn(strict, "talks", "CHN")).toEqual({ action: "D", isRepeat: false });
});
