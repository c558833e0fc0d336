// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { SeenMessages } from "./seen.ts";

beforeEach(() => localStorage.clear());

test("who is here for the first time has seen nothing yet", () => {
  expect(new SeenMessages(localStorage, "m1", "player").read()).toBeNull();
});

test("what was read stays read, for this match and role alone", () => {
  new SeenMessages(localStorage, "m1", "player").keep({ "": 3, "CHN+PHL": 1 });
  expect(new SeenMessages(localStorage, "m1", "player").read()).toEqual({ "": 3, "CHN+PHL": 1 });
  expect(new SeenMessages(localStorage, "m1", "facilitator").read()).toBeNull();
  expect(new SeenMessages(localStorage, "m2", "player").read()).toBeNull();
});

test("the oldest places make room", () => {
  for (let i = 0; i < 45; i += 1) new SeenMessages(localStorage, `m${i}`, "player").keep({ "": i });
  expect(new SeenMessages(localStorage, "m4", "player").read()).toBeNull();
  expect(new SeenMessages(localStorage, "m44", "player").read()).toEqual({ "": 44 });
});
