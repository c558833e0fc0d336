import { expect, test } from "vitest";
import { byRank, type DuplicateRow } from "./duplicate.ts";

function row(seat: string, table: number, rank: number): DuplicateRow {
  const figures = { rounds: 2, points: 1, others: 1, difference: 0, of: 2 };
  return { ...figures, seat, table, rank, country: seat, people: [] };
}

test("seats keep their order, and the best of each comes first", () => {
  const rows = [row("PHL", 1, 2), row("CHN", 1, 1), row("PHL", 2, 1), row("CHN", 2, 1)];
  expect(byRank(rows).map(({ seat, table }) => `${seat}${table}`)).toEqual([
    "PHL2",
    "PHL1",
    "CHN1",
    "CHN2",
  ]);
});
