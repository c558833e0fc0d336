import { expect, test } from "vitest";
import { heightOfWhole } from "./whole-lines.ts";

const LINES = [0, 20, 40].map((top) => ({ top, bottom: top + 20 }));

test.each([
  [60, 60],
  [59, 40],
  [41, 40],
  [19, null],
])("in a room of %i a box ends at %s, between two lines", (room, height) => {
  expect(heightOfWhole(LINES, room)).toBe(height);
});

test("a sign beside two lines is not cut either", () => {
  const sign = { top: 2, bottom: 30 };
  expect(heightOfWhole([...LINES, sign], 39)).toBeNull();
  expect(heightOfWhole([...LINES, sign], 45)).toBe(40);
});
