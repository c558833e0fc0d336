// @vitest-environment jsdom
import { expect, test } from "vitest";
import { scenario } from "../rules/samples.ts";
import { costOf } from "./move-words.ts";

test("a move costs what the scenario says, and a mediator nothing", () => {
  const of = scenario();
  const costs = of.moves.allowed.map((kind) => costOf({ kind, seats: [] }, of, false));
  expect(costs).toEqual([0.5, 0, 0.5, 2, 0, 1, 0]);
  const source = { kind: "diversify", seats: ["CHN"] } as const;
  expect([costOf(source, of, true), costOf(source, of, false)]).toEqual([1, 2]);
});
