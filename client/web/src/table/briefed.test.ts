// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Memory } from "../memory.svelte.ts";
import { Briefed } from "./briefed.ts";

const stored = () => new Memory(() => localStorage);

beforeEach(() => localStorage.clear());

test("a brief that was read stays read, for this match, person and seat alone", () => {
  new Briefed(stored()).note(1, "ann", "CHN");
  const again = new Briefed(stored());
  expect(again.has(1, "ann", "CHN")).toBe(true);
  expect(again.has(1, "ann", "PHL")).toBe(false);
  expect(again.has(1, "bo", "CHN")).toBe(false);
  expect(again.has(2, "ann", "CHN")).toBe(false);
});

test("the oldest make room", () => {
  const briefed = new Briefed(stored());
  for (let i = 0; i < 70; i += 1) briefed.note(1, `p${i}`, "CHN");
  expect(briefed.has(1, "p0", "CHN")).toBe(false);
  expect(briefed.has(1, "p69", "CHN")).toBe(true);
});

test("where nothing can be stored it is known as long as the page is open", () => {
  const briefed = new Briefed(new Memory(() => null));
  briefed.note(1, "ann", "CHN");
  expect(briefed.has(1, "ann", "CHN")).toBe(true);
});
