// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Memory } from "../memory.svelte.ts";
import { SeenMessages } from "./seen.ts";

const memory = new Memory(() => localStorage);

beforeEach(() => localStorage.clear());

test("who is here for the first time has seen nothing yet", () => {
  expect(new SeenMessages(memory, "m1", "player").read()).toBeNull();
});

test("what was read stays read, for this match and role alone", () => {
  new SeenMessages(memory, "m1", "player").keep({ "": 3, "CHN+PHL": 1 });
  expect(new SeenMessages(memory, "m1", "player").read()).toEqual({ "": 3, "CHN+PHL": 1 });
  expect(new SeenMessages(memory, "m1", "facilitator").read()).toBeNull();
  expect(new SeenMessages(memory, "m2", "player").read()).toBeNull();
});

test("the oldest places make room", () => {
  for (let i = 0; i < 45; i += 1) new SeenMessages(memory, `m${i}`, "player").keep({ "": i });
  expect(new SeenMessages(memory, "m4", "player").read()).toBeNull();
  expect(new SeenMessages(memory, "m44", "player").read()).toEqual({ "": 44 });
});

test.each(["7", "{", '{"m1 player":3}', '{"m1 player":{"":"all"}}'])(
  "%s counts nothing",
  (text) => {
    localStorage.setItem("detente.seen", text);
    expect(new SeenMessages(memory, "m1", "player").read()).toBeNull();
  },
);
