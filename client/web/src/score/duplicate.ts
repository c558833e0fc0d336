/** The same seat at other tables of a class, as rows of a table. Pure. */
import type { DuplicateScore } from "../wire/types.ts";

export interface DuplicateRow extends DuplicateScore {
  /** The table's number, where several tables are shown. */
  readonly table?: number;
  readonly country: string;
  readonly people: readonly string[];
}

/** Seats in the order in which they come, the best of each first. */
export function byRank(rows: readonly DuplicateRow[]): DuplicateRow[] {
  const order = [...new Set(rows.map(({ seat }) => seat))];
  return rows.toSorted(
    (a, b) =>
      order.indexOf(a.seat) - order.indexOf(b.seat) ||
      a.rank - b.rank ||
      (a.table ?? 0) - (b.table ?? 0),
  );
}
