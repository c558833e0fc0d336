/** A table's seats beside the same seats at the other tables, as its card has them. */
import type { DuplicateRow } from "../score/duplicate.ts";
import type { MatchCard } from "../wire/types.ts";
import { seatName } from "./card-words.ts";

/** One row for each seat of a table that has a score. */
export function scoresAt({ number, seats, scores }: MatchCard): DuplicateRow[] {
  return scores.flatMap((score) => {
    const seat = seats.find((one) => one.seat === score.seat);
    if (!seat) return [];
    const people = seat.people.map(({ name }) => name);
    return [{ ...score, table: number, country: seatName(seat), people }];
  });
}
