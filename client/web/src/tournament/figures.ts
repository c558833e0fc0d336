/** Figures of a tournament as they are shown. Pure. */
import type { PopulationPath, Ranked, ShownMatch, TournamentDocument } from "../wire/types.ts";

/** A row an entrant, a column an opponent; null where two did not meet. */
export type Matrix = NonNullable<TournamentDocument["payoff_matrix"]>;

/** Shades of a heat map, from the least value to the most. */
export const SHADES = 8;
export const MOST_LINES = 8;

/** The places of the entrants, best first; as named where nobody is ranked. */
export function ranked(document: TournamentDocument): readonly number[] {
  return (
    document.standings?.map(({ place }) => place) ?? document.entrants.map((_, place) => place)
  );
}

/** The rank of every place. */
export function ranksOf(all: readonly Ranked[]): ReadonlyMap<number, number> {
  return new Map(all.map(({ place, rank }) => [place, rank]));
}

/** Ranks as text, runs of them as first–last: 2, 4–6. */
export function ranksText(standing: Ranked, rankAt: ReadonlyMap<number, number>): string {
  const ranks = [...new Set(standing.tied_places.map((place) => rankAt.get(place) ?? 0))].sort(
    (a, b) => a - b,
  );
  const runs: [first: number, last: number][] = [];
  for (const rank of ranks) {
    const run = runs.at(-1);
    if (run && rank === run[1] + 1) run[1] = rank;
    else runs.push([rank, rank]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}

/** The least and the most of any number of values; null if there is none. */
export function ends(values: Iterable<number | null>): [low: number, high: number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** The least and most entry of a matrix; 0 to 1 if it is empty. */
export function extent(matrix: Matrix): [low: number, high: number] {
  return ends(matrix.flat()) ?? [0, 1];
}

/** The shades of a matrix as the pixels of a picture, best row and column first. */
export function pixels(
  matrix: Matrix,
  places: readonly number[],
  scale: readonly [number, number],
  palette: readonly number[],
  never: number,
): Uint32Array<ArrayBuffer> {
  const side = places.length;
  const shown = new Uint32Array(side * side);
  places.forEach((a, i) => {
    const row = matrix[a];
    places.forEach((b, j) => {
      const entry = row?.[b] ?? null;
      shown[i * side + j] = entry === null ? never : (palette[shade(entry, scale)] ?? never);
    });
  });
  return shown;
}

/** Where a window of so many ranks begins, so that a rank is in the middle of it, or near the edge. */
export function windowRound(rank: number, ranks: number, fit: number): number {
  return Math.max(0, Math.min(rank - Math.floor(fit / 2), ranks - fit));
}

/** Which of the shades a value has, from 0 to SHADES. */
export function shade(value: number, [low, high]: readonly [number, number]): number {
  return high > low ? Math.round(((value - low) / (high - low)) * SHADES) : 0;
}

/** The span that all scores and their intervals lie in. */
export function span(standings: readonly Ranked[]): [low: number, high: number] {
  const all = standings.flatMap(({ score, ci95 }) => (ci95 ? [...ci95] : [score]));
  const [low, high] = ends(all) ?? [0, 0];
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
}

export interface Line {
  place: number;
  values: readonly number[];
}

/** A line an entrant; of many, those that were ever the largest, the last largest first. */
export function lines(
  { shares }: Pick<PopulationPath, "shares">,
  places: readonly number[],
): Line[] {
  const all = places.map((place, i) => ({ place, values: shares.map((row) => row[i] ?? 0) }));
  const peak = ({ values }: Line) => ends(values)?.[1] ?? 0;
  const last = ({ values }: Line) => values.at(-1) ?? 0;
  return all
    .sort((a, b) => peak(b) - peak(a))
    .slice(0, MOST_LINES)
    .sort((a, b) => last(b) - last(a));
}

export interface Stretch {
  action: string;
  /** Turns from first to last, counting from 0; last is not in it. */
  first: number;
  last: number;
}

/** Actions as stretches of the same one. */
export function stretches(actions: string): Stretch[] {
  return [...actions.matchAll(/C+|D+/g)].map(({ 0: same, index }) => ({
    action: same[0]!,
    first: index,
    last: index + same.length,
  }));
}

/** What both sides have gained after so many turns. */
export function gainedAfter(match: ShownMatch, turn: number): [number, number] {
  const sum = (gains: readonly number[]) =>
    gains.slice(0, turn).reduce((all, gain) => all + gain, 0);
  return [sum(match.payoffs[0]), sum(match.payoffs[1])];
}

/** The turns to show round one of them: `fit` of them, from 1, that one among them. */
export function turnsRound(turn: number, turns: number, fit: number): number[] {
  const count = Math.min(fit, turns);
  const first = Math.min(Math.max(turn - count + 1, 1), turns - count + 1);
  return Array.from({ length: count }, (_, i) => first + i);
}

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** A name cut to so many letters; isolated, so that the dots stand at its own end. */
export function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  return `${FIRST_STRONG_ISOLATE}${name.slice(0, most - 1)}…${POP_ISOLATE}`;
}
