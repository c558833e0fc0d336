import { expect, test } from "vitest";
import { fold } from "./evolve.ts";
import { scenarioNow } from "./in-force.ts";
import { created, LOBBY, scenario } from "./samples.ts";
import type { GameEvent } from "../wire/types.ts";

const crisis = { ...scenario().arenas[0]!, name: "crisis" };
const opened: GameEvent = { type: "arena_opened", round: 2, arena: crisis, at_ms: 2 };
const names = (events: GameEvent[]) =>
  scenarioNow(fold([created(scenario()), ...events])!).arenas.map(({ name }) => name);

test("before any change the arenas in force are the scenario's own", () => {
  expect(scenarioNow(LOBBY)).toBe(LOBBY.scenario);
});

test("arenas open beside the scenario's, and close", () => {
  expect(names([opened])).toEqual(["talks", "crisis"]);
  expect(names([opened, { type: "arena_closed", round: 3, arena: "talks", at_ms: 3 }])).toEqual([
    "crisis",
  ]);
});

test("the same arenas give the same object", () => {
  const position = fold([created(scenario()), opened])!;
  expect(scenarioNow({ ...position, round: 9 })).toBe(scenarioNow(position));
});
