// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { ForecastFound } from "../wire/types.ts";
import Fan from "./Fan.svelte";

test.each([
  [1, ["1", "2", "3"]],
  [2, ["1", "2", "3"]],
  [3, ["2", "3"]],
])("the axis of a forecast from round %i begins where the line does", async (start, rounds) => {
  const fans = [1, 2, 3]
    .filter((round) => round >= start)
    .map((round) => ({ round, quantiles: [10, 20, 30, 40, 50] }));
  const shares = [0.05, 0.25, 0.5, 0.75, 0.95];
  const found = { start, fans, shares, runs: 200, chances: {}, is_crisis_open: false };
  const props = { found: found as unknown as ForecastFound, taken: [50, 60, 70] };
  const shown = mount(Fan, { target: document.body, props });
  const named = [...document.querySelectorAll("svg text[text-anchor=middle]")];
  expect(named.map(({ textContent }) => textContent)).toEqual(rounds);
  await unmount(shown);
});
