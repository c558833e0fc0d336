import { expect, test } from "vitest";
import { COLUMNS, spans, tilesInRow, wordsOf } from "./tiles.ts";

test("no more tiles stand side by side than leave the longest word whole", () => {
  const five = tilesInRow(450, 74);
  expect(450 / five).toBeGreaterThanOrEqual(74 + 16);
  expect(tilesInRow(330, 74)).toBe(3);
  expect(tilesInRow(60, 74)).toBe(1);
  expect(tilesInRow(2000, 74)).toBe(6);
});

test("before the room is known a phone's rows are laid", () => {
  expect(tilesInRow(0, 74)).toBe(3);
});

test("rows are even and fill the grid", () => {
  const rows = spans(5, 4);
  expect(rows).toEqual([20, 20, 20, 30, 30]);
  expect(rows.reduce((sum, span) => sum + span, 0)).toBe(2 * COLUMNS);
});

test("a name may end its line between its words alone", () => {
  expect(wordsOf(["Papua New Guinea", "Timor-Leste", "جنوبی کوریا"])).toEqual([
    "Papua",
    "New",
    "Guinea",
    "Timor",
    "Leste",
    "جنوبی",
    "کوریا",
  ]);
});
