/** Conditions side by side: means over the matches under each, and how far these lie apart. */
import type { Series } from "../rules/series.ts";
import type { MatchCard } from "../wire/types.ts";

export interface Comparison {
  /** The condition's name; null where a seminar has none. */
  readonly treatment: string | null;
  readonly matches: number;
  /** Rounds played, summed over the matches. */
  readonly rounds: number;
  /** Mean cooperation of each match; null before any round. */
  readonly cooperation: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly index: number | null;
  /** The mean over the matches that have played so many rounds, round by round. */
  readonly byRound: readonly number[];
}

/** One row a condition, in the order in which the matches name them. */
export function compare(matches: readonly MatchCard[]): Comparison[] {
  const names = [...new Set(matches.map(({ treatment }) => treatment))];
  return names.map((name) =>
    row(
      name,
      matches.filter(({ treatment }) => treatment === name),
    ),
  );
}

export function series(rows: readonly Comparison[], none: string): Series[] {
  return rows.map(({ treatment, byRound }) => ({ name: treatment ?? none, values: byRound }));
}

function row(treatment: string | null, matches: readonly MatchCard[]): Comparison {
  const means = matches.flatMap(({ cooperation }) => mean(cooperation) ?? []);
  const longest = Math.max(0, ...matches.map(({ cooperation }) => cooperation.length));
  return {
    treatment,
    matches: matches.length,
    rounds: matches.reduce((sum, { cooperation }) => sum + cooperation.length, 0),
    cooperation: mean(means),
    lowest: means.length > 0 ? Math.min(...means) : null,
    highest: means.length > 0 ? Math.max(...means) : null,
    index: mean(matches.flatMap(({ index }) => index.at(-1) ?? [])),
    byRound: Array.from(
      { length: longest },
      (_, i) => mean(matches.flatMap((x) => x.cooperation[i] ?? [])) ?? 0,
    ),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
