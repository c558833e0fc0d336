// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import PlayedUnder from "./PlayedUnder.svelte";

async function said(version: number, present: number): Promise<string> {
  const shown = mount(PlayedUnder, { target: document.body, props: { version, present } });
  const text = document.body.textContent.replace(/\s+/g, " ").trim();
  await unmount(shown);
  return text;
}

test("a match of earlier rules says so, with what its words meant", async () => {
  const text = await said(1, 2);
  expect(text).toContain("Played under rules 1");
  expect(text).toContain("Abandonment and entrapment: named between any two");
  expect(text).toContain("The index: its first two parts were the share of the weight");
});

test("a match of today's rules says nothing, one of later rules only which", async () => {
  expect(await said(2, 2)).toBe("");
  expect(await said(2, 1)).toBe("Played under rules 2");
});
