import { expect, test } from "vitest";
import { clockFace, isLastSecond, secondsLeft, spokenBetween } from "./countdown.ts";

test("what is left is rounded down and never below nothing", () => {
  expect(secondsLeft(10_999, null, 0)).toBe(10);
  expect(secondsLeft(10_000, null, 20_000)).toBe(0);
  expect(secondsLeft(null, null, 0)).toBeNull();
});

test("a pause holds the clock where it was", () => {
  expect(secondsLeft(60_000, 20_000, 55_000)).toBe(40);
});

test.each([
  [0, "0:00"],
  [9, "0:09"],
  [75, "1:15"],
  [3600, "60:00"],
])("%i seconds read %s", (seconds, face) => {
  expect(clockFace(seconds)).toBe(face);
});

test.each([
  [61, 60, 60],
  [31, 30, 30],
  [30, 29, null],
  [12, 9, 10],
  [31, 4, 5],
  [4, 60, null],
  [null, 30, null],
])("from %s to %s is spoken: %s", (before, after, spoken) => {
  expect(spokenBetween(before, after)).toBe(spoken);
});

test.each([
  [6, 5, true],
  [2, 1, true],
  [9, 3, true],
  [7, 6, false],
  [1, 0, false],
  [5, 5, false],
  [4, 5, false],
  [null, 5, false],
  [5, null, false],
])("from %s to %s seconds a last one begins: %s", (before, after, begins) => {
  expect(isLastSecond(before, after)).toBe(begins);
});
