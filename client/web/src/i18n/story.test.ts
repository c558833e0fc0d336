// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { language } from "./index.svelte.ts";
import story from "./story.ur.json";
import { told } from "./story.svelte.ts";

const [known, urdu] = Object.entries(story)[0]!;

test("English needs no story, and none is fetched", () => {
  language.choose("en");
  expect(told(known)).toBeNull();
});

test("in Urdu a text is told once its story has come, and others stay as they are", async () => {
  language.choose("ur");
  expect(told(known)).toBeNull();
  await vi.waitFor(() => expect(told(known)).toBe(urdu));
  expect(told("A text of somebody's own")).toBeNull();
  expect(told("constructor")).toBeNull();
  language.choose("en");
  expect(told(known)).toBeNull();
});
