import { expect, test } from "vitest";
import { CLASSICS, DOCTRINES, DOCTRINE_MIX, MIX, fillFree, strategyFor } from "./bots.ts";

test("a mixed table goes on where it stopped, and round again", () => {
  expect(fillFree(["CHN", "PHL"], MIX, 1)).toEqual([
    { seat: "CHN", strategy: CLASSICS[1] },
    { seat: "PHL", strategy: CLASSICS[2] },
  ]);
  expect(strategyFor(MIX, CLASSICS.length)).toBe(CLASSICS[0]);
});

test("a mix of doctrines seats one after the other", () => {
  expect(strategyFor(DOCTRINE_MIX, 1)).toBe(DOCTRINES[1]);
  expect(strategyFor(DOCTRINE_MIX, DOCTRINES.length)).toBe(DOCTRINES[0]);
});

test("one choice sits on every free seat", () => {
  expect(fillFree(["CHN", "PHL"], "grudger", 5).map(({ strategy }) => strategy)).toEqual([
    "grudger",
    "grudger",
  ]);
});
