// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Memory } from "../memory.svelte.ts";
import { Briefed } from "./briefed.ts";

const stored = () => new Memory(() => localStorage);

beforeEach(() => localStorage.clear());

test("a brief that was read stays read, for this person and seat alone", () => {
  new Briefed(stored()).note("ann", "CHN");
  const again = new Briefed(stored());
  expect(again.has("ann", "CHN")).toBe(true);
  expect(again.has("ann", "PHL")).toBe(false);
  expect(again.has("bo", "CHN")).toBe(false);
});

test("the oldest make room", () => {
  const briefed = new Briefed(stored());
  for (let i = 0; i < 70; i += 1) briefed.note(`p${i}`, "CHN");
  expect(briefed.has("p0", "CHN")).toBe(false);
  expect(briefed.has("p69", "CHN")).toBe(true);
});

test("where nothing can be stored it is known as long as the page is open", () => {
  const briefed = new Briefed(new Memory(() => null));
  briefed.note("ann", "CHN");
  expect(briefed.has("ann", "CHN")).toBe(true);
});
