/** Seats without anybody, and people without a seat: neither is passed over in silence. */
import type { MatchCard, PersonCard, SeatCard } from "../wire/types.ts";

/** Seats that neither people nor a bot hold; none once a match is over. */
export function emptySeats({ phase, seats }: MatchCard): SeatCard[] {
  if (phase === "debrief") return [];
  return seats.filter(({ people, bot }) => people.length === 0 && bot === null);
}

/** People who have a match that goes on, and no seat in it. */
export function seatless(
  people: readonly PersonCard[],
  matches: readonly MatchCard[],
): PersonCard[] {
  const open = new Map(
    matches.filter(({ phase }) => phase !== "debrief").map((card) => [card.match, card]),
  );
  return people.filter(({ person, match }) => {
    const card = match === null ? undefined : open.get(match);
    if (!card) return false;
    return !card.seats.some(({ people: sitting }) => sitting.some((one) => one.person === person));
  });
}
