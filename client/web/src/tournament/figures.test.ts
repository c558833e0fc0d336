import { expect, test } from "vitest";
import {
  ends,
  extent,
  gainedAfter,
  lines,
  MOST_LINES,
  ranked,
  pixels,
  ranksOf,
  ranksText,
  shade,
  SHADES,
  shortened,
  span,
  stretches,
  turnsRound,
  windowRound,
} from "./figures.ts";
import type { Ranked, ShownMatch, TournamentDocument } from "../wire/types.ts";

const standing = (place: number, rank: number, tied_places: number[] = []): Ranked => ({
  strategy: `s${place}`,
  place,
  rank,
  score: 3 - rank / 10,
  ci95: [2.9 - rank / 10, 3.1 - rank / 10],
  tied_with: tied_places.map((other) => `s${other}`),
  tied_places,
});

test("entrants stand in the order of the standings, or as they were named", () => {
  const bare = { entrants: ["a", "b", "c"] } as unknown as TournamentDocument;
  expect(ranked(bare)).toEqual([0, 1, 2]);
  expect(ranked({ ...bare, standings: [standing(2, 1), standing(0, 2), standing(1, 3)] })).toEqual([
    2, 0, 1,
  ]);
});

test("whom one is not told apart from is written as runs of ranks", () => {
  const all = [
    standing(4, 1, [0, 1, 2]),
    standing(0, 2),
    standing(1, 3),
    standing(3, 4),
    standing(2, 5),
  ];
  expect(ranksText(all[0]!, ranksOf(all))).toBe("2–3, 5");
  expect(ranksText(all[1]!, ranksOf(all))).toBe("");
});

test("shades go from the least to the most, and pairs that never met have none", () => {
  const scale = extent([
    [null, 1],
    [3, 5],
  ]);
  expect(scale).toEqual([1, 5]);
  expect([shade(1, scale), shade(3, scale), shade(5, scale)]).toEqual([0, SHADES / 2, SHADES]);
  expect(shade(2, [2, 2])).toBe(0);
  expect(extent([[null]])).toEqual([0, 1]);
});

test("a million values have their ends, which no argument list can hold", () => {
  const row = Array.from({ length: 1000 }, (_, i) => i);
  expect(extent(Array.from({ length: 1000 }, () => row))).toEqual([0, 999]);
  expect(ends([])).toBeNull();
});

test("a large heat map is a picture of shades, and of it a window of cells", () => {
  const matrix = [
    [null, 4],
    [0, 2],
  ];
  const palette = Array.from({ length: SHADES + 1 }, (_, i) => 100 + i);
  const shown = pixels(matrix, [1, 0], [0, 4], palette, 7);
  expect([...shown]).toEqual([104, 100, 108, 7]);
  expect([0, 5, 50, 99].map((rank) => windowRound(rank, 100, 20))).toEqual([0, 0, 40, 80]);
  expect(windowRound(3, 10, 20)).toBe(0);
});

test("the scale of the standings holds every interval", () => {
  expect(span([standing(0, 1), standing(1, 3)])).toEqual([2.9 - 0.3, 3.1 - 0.1]);
  expect(span([{ ...standing(0, 1), ci95: null, score: 2 }])).toEqual([1.5, 2.5]);
});

test("of many lines those are drawn that were ever the largest, the last largest on top", () => {
  const shares = [
    [0.5, 0.3, 0.2],
    [0.1, 0.2, 0.7],
  ];
  expect(lines({ shares }, [7, 8, 9]).map(({ place }) => place)).toEqual([9, 8, 7]);
  const many = { generations: [0], shares: [Array.from({ length: 20 }, (_, i) => i / 190)] };
  expect(
    lines(
      many,
      Array.from({ length: 20 }, (_, i) => i),
    ),
  ).toHaveLength(MOST_LINES);
});

test("points add up turn by turn", () => {
  const match = {
    payoffs: [
      [3, 0, 5],
      [3, 5, 0],
    ],
  } as unknown as ShownMatch;
  expect(gainedAfter(match, 0)).toEqual([0, 0]);
  expect(gainedAfter(match, 2)).toEqual([3, 8]);
  expect(gainedAfter(match, 3)).toEqual([8, 8]);
});

test("actions are parted into stretches of the same one", () => {
  expect(stretches("CCDC")).toEqual([
    { action: "C", first: 0, last: 2 },
    { action: "D", first: 2, last: 3 },
    { action: "C", first: 3, last: 4 },
  ]);
});

test("the turns shown end at the present one, and never run over an end", () => {
  expect(turnsRound(1, 10, 4)).toEqual([1, 2, 3, 4]);
  expect(turnsRound(6, 10, 4)).toEqual([3, 4, 5, 6]);
  expect(turnsRound(10, 10, 4)).toEqual([7, 8, 9, 10]);
  expect(turnsRound(2, 3, 8)).toEqual([1, 2, 3]);
});

test("a long name ends in dots, and is no longer than asked for", () => {
  expect(shortened("Tit For Tat", 11)).toBe("Tit For Tat");
  expect(shortened("Suspicious Tit For Tat", 8)).toBe("\u2068Suspici…\u2069");
});
