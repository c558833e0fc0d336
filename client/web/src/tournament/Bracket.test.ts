// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { Tie } from "../wire/types.ts";
import Bracket from "./Bracket.svelte";

const tie = (first: number, second: number | null, winner: number): Tie => ({
  first,
  second,
  points_first: 2,
  points_second: 1,
  winner,
  is_by_lot: false,
});

test("every tie opens its matches, and a bye has none", async () => {
  const opened: (readonly [number, number])[] = [];
  const shown = mount(Bracket, {
    target: document.body,
    props: {
      rounds: [[tie(0, null, 0), tie(1, 2, 2)], [tie(0, 2, 0)]],
      entrants: ["ann", "ben", "cem"],
      titleOf: (name: string) => name,
      open: [0, 2] as const,
      onopen: (a: number, b: number) => opened.push([a, b]),
    },
  });
  const buttons = [...document.querySelectorAll("button")];
  for (const button of buttons) button.click();
  expect(opened).toEqual([
    [1, 2],
    [0, 2],
  ]);
  expect(
    buttons.map((button) => button.ariaPressed ?? button.getAttribute("aria-pressed")),
  ).toEqual(["false", "true"]);
  expect(document.body.textContent).toContain("ann advances with a bye");
  await unmount(shown);
});
