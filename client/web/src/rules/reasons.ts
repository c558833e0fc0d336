/** What of a seat's payoff in an arena came from the terms that others left behind. Pure. */
import type { Action, Arena, Position, RoundResolved, Seat, Terms } from "../wire/types.ts";
import { weight } from "./games.ts";
import { nobodyYields, type NobodyYields } from "./crises.ts";
import { resultIn } from "./series.ts";
import { stepsOf, type Reason } from "./terms-in-force.ts";

/** cause: why the terms differed. because: by whom or what. points: what that made of the payoff. */
export type TermReason = {
  arena: Arena;
  cause: Reason;
  /** The term that was changed; the first of several. */
  parameter: string;
  because: readonly string[];
  points: number;
};

/** A crisis in which both pressed, and what made that worse or better than it was written. */
export type CrisisReason = { arena: Arena; crisis: NobodyYields };

/** Points are told to a tenth: fewer would be told as 0. */
const LEAST_POINTS = 0.05;

/** Why an arena paid a seat more or less than the terms as written would have, cause by cause.
 *
 * A payoff is linear in the terms, so the causes sum to the whole difference.
 */
export function termReasons(before: Position, round: RoundResolved, seat: Seat): TermReason[] {
  return before.arenas.flatMap((arena) => {
    const actions = resultIn(round, arena.name)?.actions;
    if (!actions?.[seat]) return [];
    const slopes = slopesOf(arena, actions, seat);
    const found = new Map<string, TermReason>();
    for (const { change, before: was, after } of stepsOf(arena, seat, before.scenario)) {
      const { cause, because, parameter } = change;
      // each term that rivals are wary in has its own words, and one of them changes nothing here
      const key = [cause, cause === "wary" ? parameter : "", ...because].join(" ");
      const points = slopes[parameter as keyof Terms] * (after - was);
      const known = found.get(key);
      const sum = (known?.points ?? 0) + points;
      found.set(key, { parameter, ...known, arena, cause, because, points: sum });
    }
    return [...found.values()].filter(({ points }) => Math.abs(points) >= LEAST_POINTS);
  });
}

/** How much a payoff changes for one point more of each term, as the choices were. */
function slopesOf(
  { game, members }: Arena,
  actions: Readonly<Record<Seat, Action>>,
  seat: Seat,
): Readonly<Record<keyof Terms, number>> {
  const still = { b: 0, c: 0, e: 0, g: 0, d: 0, sigma: 0 };
  if (game.type !== "collective") return still;
  const member = members.indexOf(seat);
  const gave = (each: Seat) => actions[each] === "C";
  const contributed = members.reduce((sum, x, i) => sum + (gave(x) ? weight(game, i) : 0), 0);
  const own = weight(game, member);
  const faith = (contributed - (gave(seat) ? own : 0)) / (1 - own);
  const produced = contributed >= game.theta - 1e-12 ? contributed : 0;
  if (gave(seat)) return { ...still, b: produced, c: -1, e: faith - 1 };
  const { sigma } = game.terms[member]!;
  return { ...still, b: sigma * produced, g: faith, d: faith - 1 };
}

/** Crises of the seat in which nobody yielded, and whose price was not as written. */
export function crisisReasons(before: Position, round: RoundResolved, seat: Seat): CrisisReason[] {
  return before.arenas.flatMap((arena) => {
    const actions = Object.values(resultIn(round, arena.name)?.actions ?? {});
    const crisis = nobodyYields(arena, seat, before.scenario);
    const isDear = crisis !== null && crisis.own !== crisis.plain;
    return isDear && actions.every((x) => x === "D") ? [{ arena, crisis }] : [];
  });
}
