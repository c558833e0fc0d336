import { expect, test } from "vitest";
import {
  CLASSICS,
  DOCTRINES,
  DOCTRINE_MIX,
  MIX,
  castOf,
  fillFree,
  rivalsNamed,
  strategyFor,
  usualBot,
} from "./bots.ts";

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

test("somebody who plays alone has a bot of the chosen kind on every other seat", () => {
  const seats = ["CHN", "PHL", "VNM"];
  expect(castOf("realist", seats, "PHL")).toEqual({ CHN: "realist", VNM: "realist" });
  expect(castOf(DOCTRINE_MIX, seats, "PHL")).toEqual({ CHN: DOCTRINES[0], VNM: DOCTRINES[1] });
  expect(castOf(MIX, seats, "CHN")).toEqual({ PHL: CLASSICS[0], VNM: CLASSICS[1] });
});

test("a kind that is not known is the usual one", () => {
  expect(rivalsNamed("liberal")).toBe("liberal");
  expect(rivalsNamed("wizard")).toBe(DOCTRINE_MIX);
  expect(rivalsNamed(null)).toBe(DOCTRINE_MIX);
});

test("if nobody chooses, bots that speak fill the seats where there is talk", () => {
  expect(usualBot("full")).toBe(DOCTRINE_MIX);
  expect(usualBot("none")).toBe("tit_for_tat");
});
