/** Under which names, and in what pairs, matches play: what news to them has to heed. */
import type { MatchCard, SeminarCard } from "../wire/types.ts";

export interface Conditions {
  /** The numbers of matches where countries go by letters. */
  readonly masked: readonly number[];
  /** Pairs are drawn anew each round: what is about the game is about every pair. */
  readonly isDrawn: boolean;
}

export function conditionsOf(seminar: SeminarCard, matches: readonly MatchCard[]): Conditions {
  const masked = new Set(
    seminar.treatments.filter(({ changes }) => changes.is_masked).map(({ name }) => name),
  );
  return {
    masked: matches
      .filter(({ treatment }) => treatment !== null && masked.has(treatment))
      .map(({ number }) => number),
    isDrawn: seminar.pairing === "random" || seminar.pairing === "round_robin",
  };
}
