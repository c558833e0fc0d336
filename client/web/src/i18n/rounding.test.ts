import { expect, test } from "vitest";
import { asShown, isRoundedOff } from "./format.ts";
import { n, percent, signed } from "./index.svelte.ts";

test("a figure that was reckoned in two ways is shown as one", () => {
  const strength = 0.255;
  const reckonedBack = (1 - (1 - 0.5 * strength)) / 0.5;
  expect(reckonedBack).not.toBe(strength);
  expect([strength, reckonedBack].map(percent)).toEqual(["26%", "26%"]);
});

test("a half is rounded away from zero, to the decimals that are shown", () => {
  const cents = { maximumFractionDigits: 2 } as const;
  expect([1.425, 1.4249999999999998, -1.425].map((x) => n(x, cents))).toEqual([
    "1.43",
    "1.43",
    "−1.43",
  ]);
  expect([0.45, 0.44999999999999996, 3 * 0.45].map(signed)).toEqual(["+0.5", "+0.5", "+1.4"]);
  expect([0.44999999999999996, -0.04].map(asShown)).toEqual([0.5, -0]);
});

test("a sum is off where its parts, as they are written, do not add up to it", () => {
  const taiwan = [-5.25, 5.05, 2, 5.05];
  expect(isRoundedOff({ parts: taiwan, total: 6.85 })).toBe(false);
  expect(isRoundedOff({ parts: taiwan.map((x) => x - 0.01), total: 6.81 })).toBe(true);
  expect(isRoundedOff({ parts: [0.96, 15.75], total: 16.71 })).toBe(true);
  expect(isRoundedOff({ parts: [0.1, 0.2], total: 0.30000000000000004 })).toBe(false);
  // what is not shown is no matter of rounding
  expect(isRoundedOff({ parts: [1, 2], total: 2.5 })).toBe(false);
});
