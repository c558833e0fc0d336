import { describe, expect, test } from "vitest";
import { corners, gameClass, payoffs, size, weight } from "./games.ts";
import type { Bimatrix, Collective, Corners } from "../wire/types.ts";

const symmetric = (T: number, R: number, P: number, S: number): Bimatrix => {
  const own: Corners = { T, R, P, S };
  return { type: "bimatrix", row: own, column: own };
};
const dilemma = symmetric(5, 3, 1, 0);
const alliance: Collective = {
  type: "collective",
  weights: [0.5, 0.3, 0.2],
  terms: Array(3).fill({ b: 6, c: 2, e: 1, g: 1, d: 2, sigma: 0.5 }),
  theta: 0.5,
};

describe("a game of two", () => {
  test("pays each side from its own corners", () => {
    expect(payoffs(dilemma, ["D", "C"])).toEqual([5, 0]);
    expect(payoffs(dilemma, ["C", "D"])).toEqual([0, 5]);
  });

  test("refuses a profile of another length", () => {
    expect(() => payoffs(dilemma, ["C"])).toThrow("1 actions for 2 members");
  });

  test("weighs both members the same", () => {
    expect([size(dilemma), weight(dilemma, 0), weight(dilemma, 1)]).toEqual([2, 0.5, 0.5]);
  });
});

describe("a collective game", () => {
  test("produces nothing below its threshold", () => {
    const [first, , third] = payoffs(alliance, ["D", "C", "D"]);
    expect(first).toBeCloseTo(1 * 0.6 - 2 * 0.4);
    expect(third).toBeCloseTo(1 * (0.3 / 0.8) - 2 * (1 - 0.3 / 0.8));
  });

  test("pays the benefit less the cost when all cooperate", () => {
    for (const payoff of payoffs(alliance, ["C", "C", "C"])) expect(payoff).toBeCloseTo(4);
  });

  test("has corners where the others move as one", () => {
    const { T, R, P, S } = corners(alliance, 1);
    expect([R, P, S].map((n) => Math.round(n * 1e6) / 1e6)).toEqual([4, -2, -3]);
    expect(T).toBeCloseTo(0.5 * 6 * 0.7 + 1);
  });
});

test.each([
  [[5, 3, 1, 0], "prisoners_dilemma"],
  [[4, 2, 3, 1], "deadlock"],
  [[2, 0, 0, -2], "constant_sum"],
  [[3, 4, 2, 0], "stag_hunt"],
  [[5, 3, -3, 1], "chicken"],
  [[3, 0, 0, 2], "battle_of_the_sexes"],
  [[3, 4, 1, 2], "harmony"],
  [[5, 3, 0, 0], "weak_dilemma"],
  [[0.3, 0.1, 0.1, 0], "weak_deadlock"],
  [[2, 3, 0, 0], "weak_harmony"],
  [[1, 1, 1, 1], "indifference"],
] as const)("(T, R, P, S) = %j is %s", ([T, R, P, S], name) => {
  expect(gameClass({ T, R, P, S })).toBe(name);
});
