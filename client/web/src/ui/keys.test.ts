// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { playKey, replayKey, type Stroke } from "./keys.ts";

beforeEach(() => {
  document.body.innerHTML =
    "<p></p><input><textarea></textarea><button></button><input type=range>";
});

afterEach(() => document.body.replaceChildren());

function stroke(key: string, parts: Partial<Stroke> & { on?: string } = {}): Stroke {
  const { on = "p", ...rest } = parts;
  const target = document.querySelector(on);
  return { key, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, target, ...rest };
}

describe("at the table", () => {
  test.each([
    ["3", { type: "arena", number: 3 }],
    ["c", { type: "cooperate" }],
    ["D", { type: "defect" }],
    ["Enter", { type: "ready" }],
    ["n", { type: "next" }],
    ["ArrowRight", { type: "turn", by: 1 }],
    ["ArrowLeft", { type: "turn", by: -1 }],
    ["/", { type: "talk" }],
    ["t", { type: "pacts" }],
    ["p", { type: "propose" }],
    ["m", { type: "move" }],
    ["v", { type: "lens" }],
    ["s", { type: "standing" }],
    ["?", { type: "help" }],
    ["0", null],
    ["x", null],
  ])("%s means %j", (key, meaning) => {
    expect(playKey(stroke(key))).toEqual(meaning);
  });

  test.each(["input", "textarea"])("letters typed into %s mean only themselves", (on) => {
    expect(playKey(stroke("c", { on }))).toBeNull();
  });

  test.each(["ctrlKey", "altKey", "metaKey"])("%s leaves the key to the browser", (modifier) => {
    expect(playKey(stroke("c", { [modifier]: true }))).toBeNull();
  });

  test("arrows on a slider move the slider", () => {
    expect(playKey(stroke("ArrowLeft", { on: "input[type=range]" }))).toBeNull();
  });

  test("Enter on a button presses the button", () => {
    expect(playKey(stroke("Enter", { on: "button" }))).toBeNull();
  });
});

describe("in a replay", () => {
  test.each([
    ["ArrowLeft", false, { type: "round", by: -1 }],
    ["ArrowRight", false, { type: "round", by: 1 }],
    ["ArrowRight", true, { type: "event", by: 1 }],
    ["h", false, { type: "round", by: -1 }],
    ["L", true, { type: "event", by: 1 }],
    ["Home", false, { type: "start" }],
    ["End", false, { type: "end" }],
    [" ", false, { type: "play" }],
    ["[", false, { type: "speed", by: -1 }],
    ["f", false, { type: "view" }],
  ])("%s (shift: %s) means %j", (key, shiftKey, meaning) => {
    expect(replayKey(stroke(key, { shiftKey }))).toEqual(meaning);
  });

  test("arrows on the scrubber go by rounds too", () => {
    expect(replayKey(stroke("ArrowLeft", { on: "input[type=range]" }))).toEqual({
      type: "round",
      by: -1,
    });
  });

  test("Space on a button presses the button", () => {
    expect(replayKey(stroke(" ", { on: "button" }))).toBeNull();
  });
});
