/** The stories of all tables as one feed, in words, with links to where they happened. */
import { list, t } from "../i18n/index.svelte.ts";
import type { MatchCard, StoryItem } from "../wire/types.ts";
import { seatName } from "./card-words.ts";

export interface Told {
  /** The same for the same event, whatever else is told. */
  readonly id: string;
  readonly words: string;
  readonly where: string;
  readonly atMs: number;
  /** The round in which it happened; 0 before any. */
  readonly round: number;
}

/** What happened at all tables, newest first. */
export function feedOf(matches: readonly MatchCard[], seminar: string): Told[] {
  return matches
    .flatMap((card) => card.story.map((item) => told(card, item, seminar)))
    .sort((a, b) => b.atMs - a.atMs);
}

function told(card: MatchCard, item: StoryItem, seminar: string): Told {
  const { kind, round, seats, at_ms } = item;
  return {
    id: [card.number, kind, seats.join("+"), at_ms].join(" "),
    words: storyWords(card, item),
    where: placeOf(card, at_ms, seminar),
    atMs: at_ms,
    round,
  };
}

/** "Table 3: first crisis (China and Japan)". */
export function storyWords(card: MatchCard, { kind, seats }: StoryItem): string {
  const names = seats.map((seat) => nameAt(card, seat));
  return t(`story.${kind}`, { number: card.number, seats: list(names) });
}

/** The replay at that moment; of a table that still plays, as everybody there sees it. */
function placeOf(card: MatchCard, atMs: number, seminar: string): string {
  const at = `#/replay/${encodeURIComponent(card.match)}?at=t${atMs}`;
  return card.phase === "debrief" ? at : `${at}&as=public&in=${encodeURIComponent(seminar)}`;
}

function nameAt({ seats }: MatchCard, code: string): string {
  const seat = seats.find((one) => one.seat === code);
  return seat ? seatName(seat) : code;
}
