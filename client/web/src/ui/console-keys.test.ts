// @vitest-environment jsdom
import { expect, test } from "vitest";
import { consoleKey } from "./console-keys.ts";

function stroke(key: string, target: EventTarget | null = document.body, ctrlKey = false) {
  return { key, target, ctrlKey, shiftKey: false, altKey: false, metaKey: false };
}

test("digits choose a match, letters act on it", () => {
  expect(consoleKey(stroke("3"))).toEqual({ type: "match", number: 3 });
  expect(["s", "P", "+", "n", "t", "i"].map((key) => consoleKey(stroke(key))?.type)).toEqual([
    "start",
    "pause",
    "extend",
    "skip",
    "tell",
    "inject",
  ]);
});

test("nothing happens while somebody types, holds a modifier, or presses another key", () => {
  const field = document.createElement("input");
  expect(consoleKey(stroke("p", field))).toBeNull();
  expect(consoleKey(stroke("p", document.body, true))).toBeNull();
  expect(consoleKey(stroke("x"))).toBeNull();
});
