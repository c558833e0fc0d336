// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import type { Ranked } from "../wire/types.ts";
import Standings from "./Standings.svelte";

let shown: ReturnType<typeof mount>;
afterEach(() => unmount(shown));

function show(ci95: [number, number] | null): string {
  const ranked = { strategy: "grudger", score: 2.5, rank: 1, place: 0, ci95, tied_places: [] };
  const standings = [ranked] as unknown as Ranked[];
  const props = { standings, kind: "ecological" as const, titleOf: (name: string) => name };
  shown = mount(Standings, { target: document.body, props });
  return document.body.textContent;
}

test("an interval is promised only over a table that has one", () => {
  expect(show([2.4, 2.6])).toContain("confidence interval");
});

test("a table without intervals promises none", () => {
  expect(show(null)).not.toContain("confidence interval");
});
