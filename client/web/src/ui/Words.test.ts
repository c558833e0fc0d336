// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import Words from "./Words.svelte";

test("the paper is a link wherever it is cited, and the words around it stay as they are", async () => {
  const text = "So says Khan 2025, and Khan 2025 says it twice.";
  const shown = mount(Words, { target: document.body, props: { text } });
  expect(document.body.textContent.trim()).toBe(text);
  const links = [...document.querySelectorAll("a")];
  expect(links.map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["Khan 2025", "#/about"],
    ["Khan 2025", "#/about"],
  ]);
  await unmount(shown);
});
