// @vitest-environment jsdom
import { expect, test } from "vitest";
import { scenario } from "../rules/samples.ts";
import { costOf } from "./move-words.ts";

test("a move costs what the scenario says, and a mediator nothing", () => {
  const of = scenario();
  expect(of.moves.allowed.map((kind) => costOf(kind, of))).toEqual([0.5, 0, 0.5, 2, 0, 1, 0]);
});
