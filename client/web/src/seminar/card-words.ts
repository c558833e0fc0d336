/** What a table's card says in words, in whatever form it is shown. */
import { list, t, translated } from "../i18n/index.svelte.ts";
import type { MatchCard, SeatCard } from "../wire/types.ts";
import { countryName } from "../words/words.ts";

/** "Round 2 of 8 · Decision", or the phase alone where no round is played. */
export function standingWords({ phase, round, rounds }: MatchCard): string {
  if (round === 0 || phase === "debrief") return t(`phase.${phase}`);
  return t("round.of.phase", { round, rounds, phase: t(`phase.${phase}`) });
}

/** "Ben (Malaysia)" for each seat; of a delegation, whoever decides for it. */
export function waitedFor({ seats }: MatchCard): string[] {
  return seats
    .filter((seat) => seat.is_waited_for)
    .map((seat) => {
      const name = seat.people[0]?.name;
      const place = seatName(seat);
      return name === undefined ? place : t("console.waited", { name, seat: place });
    });
}

/** "table 3 (Ana, Li)" for each table that holds this one, with the people whom it waits for. */
export function tablesWaitedFor({ waits_for }: MatchCard, all: readonly MatchCard[]): string[] {
  return waits_for.map((number) => {
    const seats = all.find((card) => card.number === number)?.seats ?? [];
    const names = seats
      .filter((seat) => seat.is_waited_for)
      .map((seat) => seat.people[0]?.name ?? seatName(seat));
    if (names.length === 0) return t("console.person.in", { number });
    return t("console.table.waited", { number, names: list(names) });
  });
}

/** The titles of the news that counts at a table. */
export function newsTitles({ news }: MatchCard): string[] {
  return news.map(({ title }) => translated(title) ?? title);
}

export function seatName({ seat, country }: SeatCard): string {
  return countryName(seat, country);
}
