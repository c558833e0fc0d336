/** A table with very many seats: what concerns one of them is drawn, the rest is told in sums. */
import type { Arena, RoundResolved, Scenario, Seat } from "../wire/types.ts";
import type { Series } from "./series.ts";

/** How many seats a map and a chart can name. */
export const CROWD = 16;

export function isCrowd({ players }: Pick<Scenario, "players">): boolean {
  return players.length > CROWD;
}

/** Whether an arena is drawn for somebody; at a crowded table only one's own are. */
export function isNear(
  scenario: Pick<Scenario, "players">,
  arena: Arena,
  mine: Seat | null,
): boolean {
  return !isCrowd(scenario) || mine === null || arena.members.includes(mine);
}

/** What of a scenario is drawn on the map for somebody. */
export function near<S extends Pick<Scenario, "players" | "arenas">>(
  scenario: S,
  mine: Seat | null,
): S {
  const arenas = scenario.arenas.filter((arena) => isNear(scenario, arena, mine));
  if (arenas.length === scenario.arenas.length) return scenario;
  const met = new Set([mine, ...arenas.flatMap(({ members }) => members)]);
  return { ...scenario, arenas, players: scenario.players.filter(({ seat }) => met.has(seat)) };
}

/** The lines that a chart of a crowd draws: mine, the highest and the lowest at the end. */
export function outstanding(series: readonly Series[], mine: Seat | null): readonly Series[] {
  if (series.length <= CROWD) return series;
  const end = ({ values }: Series) => values.at(-1) ?? 0;
  const sorted = series.toSorted((a, b) => end(b) - end(a));
  const kept = new Set([sorted[0], sorted.at(-1), series.find(({ name }) => name === mine)]);
  return series.filter((each) => kept.has(each));
}

/** How many of a round's arenas saw all of their members cooperate, some of them, none. */
export function sumsOf({ results }: Pick<RoundResolved, "results">): {
  all: number;
  some: number;
  none: number;
} {
  const sums = { all: 0, some: 0, none: 0 };
  for (const { actions } of results) {
    const given = Object.values(actions);
    const cooperating = given.filter((action) => action === "C").length;
    sums[cooperating === given.length ? "all" : cooperating > 0 ? "some" : "none"] += 1;
  }
  return sums;
}
