/** What a class is doing at this moment, from the cards of its tables. Pure. */
import type { Series } from "../rules/series.ts";
import type { Phase, TableCard } from "../wire/types.ts";

/** What the class screen can show. */
export type View = "code" | "tables" | "results" | "curve";

const ORDER: readonly Phase[] = ["lobby", "briefing", "negotiation", "decision", "reveal"];

export function isPlaying({ phase }: TableCard): boolean {
  return phase !== "lobby" && phase !== "debrief";
}

/** The tables that have results to show. */
export function withResults(tables: readonly TableCard[]): TableCard[] {
  return tables.filter(({ cooperation }) => cooperation.length > 0);
}

/** What it shows by itself: the code before the start, results once all have them, the curve after the end. */
export function viewOf(tables: readonly TableCard[]): View {
  const playing = tables.filter(isPlaying);
  if (playing.length === 0)
    return tables.some(({ phase }) => phase === "debrief") ? "curve" : "code";
  return playing.every(hasResolved) ? "results" : "tables";
}

/** Whether a table has done its round, and only shows what came of it. */
function hasResolved({ phase, cooperation, waits_for }: TableCard): boolean {
  return cooperation.length > 0 && (phase === "reveal" || waits_for.length > 0);
}

/** The table that is furthest behind, of several the one whose time ends last: it is the class's clock. */
export function lastTable(tables: readonly TableCard[]): TableCard | null {
  const behind = tables
    .filter(isPlaying)
    .sort((a, b) => a.round - b.round || place(a) - place(b) || ends(b) - ends(a));
  return behind[0] ?? null;
}

function place({ phase }: TableCard): number {
  return ORDER.indexOf(phase);
}

function ends({ deadline_ms }: TableCard): number {
  return deadline_ms ?? Number.POSITIVE_INFINITY;
}

/** Whether all tables that play are in one phase of one round. */
export function isInStep(tables: readonly TableCard[]): boolean {
  const moments = tables.filter(isPlaying).map(({ round, phase }) => `${round} ${phase}`);
  return new Set(moments).size <= 1;
}

/** How many of those who play are ready, over all tables that tell it; null if none does. */
export function readiness(tables: readonly TableCard[]): { ready: number; all: number } | null {
  const told = tables.filter((table) => isPlaying(table) && table.waited_for !== null);
  if (told.length === 0) return null;
  const all = told.reduce((sum, { players }) => sum + players, 0);
  const waited = told.reduce((sum, { waited_for }) => sum + (waited_for?.length ?? 0), 0);
  return { ready: all - waited, all };
}

/** Tells the results of a table and round from all others. */
export function resultsOf({ match, cooperation }: TableCard): string {
  return `${match} ${cooperation.length}`;
}

/** Remembers what was shown: what comes for the first time is staged, and then never again. */
export class FirstTimes {
  readonly #shown = new Set<string>();

  /** Tell whether this is shown for the first time; from now on it is not. */
  isFirst(what: string): boolean {
    const isFirst = !this.#shown.has(what);
    this.#shown.add(what);
    return isFirst;
  }
}

/** The names of all whom a table waits for. */
export function waitedNames({ waited_for }: TableCard): string[] {
  return (waited_for ?? []).flatMap(({ names, country }) => (names.length > 0 ? names : [country]));
}

/** What the curves count: the index, once every table is told it; until then cooperation, in fog. */
export function measureOf(tables: readonly TableCard[]): "index" | "cooperation" {
  return tables.length > 0 && tables.every(({ index }) => index.length > 0)
    ? "index"
    : "cooperation";
}

/** A line for each table, and one for the mean of the tables that have played so many rounds. */
export function curves(
  tables: readonly TableCard[],
  of: "index" | "cooperation",
  nameOf: (table: TableCard) => string,
  mean: string,
): Series[] {
  const lines = tables
    .filter((table) => table[of].length > 0)
    .map((table) => ({ name: nameOf(table), values: table[of] }));
  const longest = Math.max(0, ...lines.map(({ values }) => values.length));
  const means = Array.from({ length: longest }, (_, i) =>
    average(lines.flatMap(({ values }) => values[i] ?? [])),
  );
  return lines.length === 0 ? [] : [...lines, { name: mean, values: means }];
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
