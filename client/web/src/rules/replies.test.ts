import { expect, test } from "vitest";
import { clausesIn, clausesOf, escrowOf, situationIn } from "./replies.ts";
import { clauses } from "./clauses.ts";
import { corners } from "./games.ts";
import type { Collective, Terms } from "../wire/types.ts";

const NEEDED: Terms = { b: 9, c: 2, e: 0, g: 2, d: 0, sigma: 0.9 };
const LEVEL = { T: 1, R: 1, P: 0, S: 0 };

function arena(terms: Terms, theta: number, members = 3): Collective {
  const weights = Array.from({ length: members }, () => 1 / members);
  return { type: "collective", weights, terms: weights.map(() => terms), theta };
}

test("a member whose share tips a threshold is in no Prisoner's Dilemma, whatever its corners say", () => {
  const game = arena(NEEDED, 0.6);
  expect(clauses(corners(game, 0))).toEqual(["defecting_always", "peace_pays"]);
  expect(situationIn(game, 0)).toBe("volunteers_dilemma");
  expect(clausesIn(game, 0)).toEqual(["defecting_at_ends", "peace_pays"]);
});

test("a gap between two ends is told", () => {
  const game = arena({ b: 3, c: 1, e: 0, g: 1.5, d: 1.2, sigma: 0 }, 1);
  expect(situationIn(game, 0)).toBe("harmony_with_a_gap");
  expect(clausesIn(game, 0)).toEqual(["cooperating_at_ends"]);
  expect(clausesOf([0, 1, 0], LEVEL)).toEqual(["same_at_ends"]);
  expect(clausesOf([0, 0, 0], LEVEL)).toEqual(["no_difference"]);
});

test("the stake that is needed is the largest loss of all cases, not of the corners", () => {
  const game = arena({ b: 4.41, c: 0, e: 0, g: 3.2, d: 1, sigma: 0 }, 1);
  expect(escrowOf(game, 0)).toBeCloseTo(1.1);
});

test("of more than twelve members the corners name it, and the stake is a bound", () => {
  const game = arena({ b: 40, c: 2, e: 1, g: 1, d: 1, sigma: 0.5 }, 0.5, 20);
  expect(situationIn(game, 0)).toBe("stag_hunt");
  expect(escrowOf(game, 0)).toBeCloseTo(2.4737, 4);
});

test("constant sums are told of any number of members", () => {
  const game = arena({ b: 0, c: 0, e: 1, g: 1, d: 0, sigma: 0 }, 0);
  expect(situationIn(game, 0)).toBe("constant_sum");
  expect(situationIn(arena({ b: 0, c: 0, e: 2, g: 1, d: 0, sigma: 0 }, 0), 0)).toBe(
    "defect_dominates",
  );
  expect(situationIn(arena({ b: 0, c: 0, e: 0, g: 0, d: 0, sigma: 0 }, 0), 0)).toBe("indifferent");
});
