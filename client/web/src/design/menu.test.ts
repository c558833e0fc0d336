import { expect, test } from "vitest";
import { menuStep } from "./menu.ts";

const WORDS = ["Pause", "Message", "Projector", "End"];

test("arrows go round, and Home and End to either end", () => {
  expect(["ArrowDown", "ArrowUp", "Home", "End"].map((key) => menuStep(key, 0, WORDS))).toEqual([
    1, 3, 0, 3,
  ]);
  expect(menuStep("ArrowDown", 3, WORDS)).toBe(0);
  expect([menuStep("ArrowDown", -1, WORDS), menuStep("ArrowUp", -1, WORDS)]).toEqual([0, 3]);
});

test("a letter leads to the next item that begins with it, and other keys nowhere", () => {
  expect([menuStep("p", 0, WORDS), menuStep("P", 2, WORDS), menuStep("e", 0, WORDS)]).toEqual([
    2, 0, 3,
  ]);
  expect(["x", "Tab", " ", "Escape"].map((key) => menuStep(key, 0, WORDS))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
