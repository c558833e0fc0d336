// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { summit } from "../rules/samples.ts";
import ChoicePager from "./ChoicePager.svelte";

test("a choice is called by its place among one's own, as on its card", async () => {
  const choices = summit()
    .arenas.map((arena, i) => ({ arena, number: i + 1, chosen: null }))
    .slice(1);
  const props = { choices, at: null, onpick: () => {} };
  const shown = mount(ChoicePager, { target: document.body, props });
  const labels = [...document.querySelectorAll("button")].map(
    (each) => each.ariaLabel ?? each.getAttribute("aria-label"),
  );
  expect(labels[0]).toContain("Choice 1:");
  await unmount(shown);
});
