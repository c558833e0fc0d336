/** What is looked for in the library: as the page's address keeps it, and as the server is asked. Pure. */
import type { Concept, Outlook } from "../wire/types.ts";

/** What the address may name, in the order of the form. */
const FILTERS = [
  "scenario",
  "since",
  "until",
  "seats",
  "standing",
  "outlook",
  "incident",
  "breach",
  "class",
  "tag",
  "rehearsals",
  "seminar",
] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Readonly<Partial<Record<Filter, string>>>;

export const OUTLOOKS: readonly Outlook[] = ["optimistic", "contested", "pessimistic"];
export const INCIDENTS: readonly Concept[] = [
  "crisis",
  "abandonment",
  "entrapment",
  "spiral",
  "fragmentation",
  "brink",
  "leverage",
];

/** Read the filters of an address; what is empty or not known is left out. */
export function filtersOf(query: URLSearchParams): Filters {
  const given = FILTERS.map((name) => [name, query.get(name)?.trim() ?? ""] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** The address of the library with these filters. */
export function libraryAddress(filters: Filters): string {
  const query = new URLSearchParams(filters as Record<string, string>).toString();
  return query ? `#/library?${query}` : "#/library";
}

/** The same with one filter set, or with an empty value removed. */
export function withFilter(filters: Filters, name: Filter, value: string): Filters {
  return filtersOf(new URLSearchParams({ ...filters, [name]: value }));
}

/** What the server is asked; a day begins at midnight where the reader is. */
export function asked(filters: Filters, after: string | null): string {
  const { since, until, ...same } = filters;
  const query = new URLSearchParams(same as Record<string, string>);
  const times = { since_ms: midnight(since, 0), until_ms: midnight(until, 1) };
  for (const [name, ms] of Object.entries(times)) if (ms !== null) query.set(name, `${ms}`);
  if (after !== null) query.set("after", after);
  return `?${query}`;
}

/** The first moment of a day, some days later, on this device's clock; null where none is named. */
function midnight(day: string | undefined, later: number): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "") ?? [];
  if (date === undefined) return null;
  const ms = new Date(Number(year), Number(month) - 1, Number(date) + later).getTime();
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}
