/** Names of seats and arenas in the chosen language. */
import { given, list, t } from "../i18n/index.svelte.ts";
import { CRISIS } from "../rules/in-force.ts";
import { isOmission } from "../rules/omissions.ts";
import type { Action, Arena, OrderSource, Scenario, Seat } from "../wire/types.ts";

export type NameOf = (seat: Seat) => string;

/** Name every seat of a scenario. */
export function seatNames({ players }: Pick<Scenario, "players">): NameOf {
  const names = new Map(players.map(({ seat, name }) => [seat, countryName(seat, name)]));
  return (seat) => names.get(seat) ?? seat;
}

/** Name seats to one of them, who is "you". */
export function calledBy(nameOf: NameOf, mine: Seat | null): NameOf {
  return (seat) => (seat === mine ? t("map.seat.mine") : nameOf(seat));
}

/** Several seats as a sentence lists them to one of them: "you" comes first. */
export function listCalled(seats: readonly Seat[], nameOf: NameOf, mine: Seat | null): string {
  const youFirst = seats.toSorted((a, b) => Number(b === mine) - Number(a === mine));
  return list(youFirst.map(calledBy(nameOf, mine)));
}

/** Two rivals to one of them, as a sentence names them. */
export function pairCalled(pair: readonly [Seat, Seat], nameOf: NameOf, mine: Seat | null) {
  const [a, b] = pair[1] === mine ? [pair[1], pair[0]] : pair;
  const called = calledBy(nameOf, mine);
  return { a: called(a), b: called(b) };
}

/** What a seat is called: its country, or in a class in pairs its number. */
export function countryName(seat: Seat, name: string): string {
  const number = /^P(\d+)$/.exec(seat)?.[1];
  if (number !== undefined && name === `Player ${number}`)
    return t("seat.player", { number: Number(number) });
  return given(`country.${seat}`, name);
}

/** What an arena is called; a pair's in a class in pairs as that of the two it was made of. */
export function arenaTitle({
  name,
  title,
  members,
}: Pick<Arena, "name" | "title" | "members">): string {
  const crisis = /^Crisis: (.+) \u2013 (.+)$/.exec(title);
  if (name.startsWith(CRISIS) && crisis) {
    const [a, b] = members.map((seat, i) => countryName(seat, crisis[i + 1] ?? seat));
    return t("arena.crisis", { a: a ?? "", b: b ?? "" });
  }
  const pair = `_${members.join("_").toLowerCase()}`;
  return given(`arena.${name.endsWith(pair) ? name.slice(0, -pair.length) : name}`, title);
}

/** What an arena of these is called; by its name where it is none of them. */
export function titleIn(arenas: readonly Arena[], name: string): string {
  const arena = arenas.find((each) => each.name === name);
  return arena ? arenaTitle(arena) : name;
}

export function scenarioTitle({ name, title }: Pick<Scenario, "name" | "title">): string {
  return given(`scenario.${name}.title`, title);
}

/** What somebody did, inside a sentence: "cooperated"; what nobody chose is called that. */
export function deedPast(action: Action, source?: OrderSource): string {
  return isOmission(source)
    ? t("deed.nothing.past", { deed: t(`deed.${action}`) })
    : t(`deed.${action}.past`);
}
