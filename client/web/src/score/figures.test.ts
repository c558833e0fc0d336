import { expect, test } from "vitest";
import { corners, payoffs } from "../rules/games.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import type { Action, Collective, RoundResolved } from "../wire/types.ts";
import { payoffAt, payoffCurve } from "../arena/payoff-curves.ts";
import { cooperationByRound, faithIn, ticks, totalsByRound } from "../rules/series.ts";
import { spread } from "../charts/spread.ts";

const game: Collective = {
  type: "collective",
  weights: [0.4, 0.1, 0.2, 0.3],
  terms: Array(4).fill({ b: 7, c: 2, e: 2, g: 2.5, d: 1.5, sigma: 0.5 }),
  theta: 0.5,
};

function round(
  number: number,
  actions: Record<string, Action>,
  gains: Record<string, number>,
): RoundResolved {
  const results = [chosen(actions, { arena: "code", payoffs: gains })];
  return resolved(number, { results, gains });
}

const history = [
  round(1, { CHN: "C", PHL: "D" }, { CHN: 1, PHL: 3 }),
  round(2, { CHN: "C", PHL: "C" }, { CHN: 2, PHL: 2 }),
];

test.each([0, 1, 2, 3])(
  "the curve of member %i meets every payoff that the rules give",
  (member) => {
    for (let mask = 0; mask < 16; mask += 1) {
      const profile = game.weights.map((_, i): Action => (mask & (1 << i) ? "C" : "D"));
      const others = game.weights.reduce(
        (sum, w, i) => (i !== member && profile[i] === "C" ? sum + w : sum),
        0,
      );
      const curve = payoffCurve(game, member, profile[member]!);
      const paid = payoffs(game, profile)[member]!;
      expect(payoffAt(curve, others / (1 - game.weights[member]!))).toBeCloseTo(paid, 9);
    }
  },
);

test("the curve ends in the four corners", () => {
  const { T, R, P, S } = corners(game, 1);
  expect(payoffAt(payoffCurve(game, 1, "C"), 1)).toBeCloseTo(R);
  expect(payoffAt(payoffCurve(game, 1, "C"), 0)).toBeCloseTo(S);
  expect(payoffAt(payoffCurve(game, 1, "D"), 1)).toBeCloseTo(T);
  expect(payoffAt(payoffCurve(game, 1, "D"), 0)).toBeCloseTo(P);
});

test("where everyone is needed only the whole of them produces", () => {
  const all = { ...game, theta: 1 };
  expect(payoffCurve(all, 0, "C").jumpAt).toBeCloseTo(1);
  expect(payoffCurve(all, 0, "D").jumpAt).toBeNull();
  expect(payoffCurve({ ...game, theta: 0 }, 0, "D").pieces).toHaveLength(1);
});

test("cooperation is a share of all actions", () => {
  expect(cooperationByRound(history)).toEqual([0.5, 1]);
  expect(cooperationByRound(history, "elsewhere")).toEqual([0, 0]);
});

test("totals begin at nothing and add up", () => {
  expect(totalsByRound(history, ["CHN", "PHL"])).toEqual([
    { name: "CHN", values: [0, 1, 3] },
    { name: "PHL", values: [0, 3, 5] },
  ]);
});

test("faith is the share of the others' weight", () => {
  const result = {
    arena: "a",
    actions: { A: "D", B: "C", C: "D", D: "C" },
    sources: {},
    payoffs: {},
  } as const;
  expect(faithIn(result, ["A", "B", "C", "D"], game.weights, "A")).toBeCloseTo(0.4 / 0.6);
  expect(faithIn(undefined, ["A", "B"], [0.5, 0.5], "A")).toBeNull();
});

test.each([
  [0, 1, [0, 0.25, 0.5, 0.75, 1]],
  [-4, 5.7, [-5, -2.5, 0, 2.5, 5, 7.5]],
  [0, 47.7, [0, 20, 40, 60]],
])("an axis from %d to %d is marked at %j", (low, high, marks) => {
  expect(ticks(low, high)).toEqual(marks);
});

test("names at the ends of lines keep apart and in order", () => {
  const places = spread([50, 52, 51, 100], 15, 0, 120);
  expect(places).toEqual([50, 80, 65, 100]);
  expect(Math.max(...spread([118, 119, 120], 15, 0, 120))).toBe(120);
});
