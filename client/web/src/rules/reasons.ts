/** What of a seat's payoff in an arena came from the terms that others left behind. Pure. */
import type { Action, Arena, Position, RoundResolved, Seat, Terms } from "../wire/types.ts";
import { weight } from "./games.ts";
import { nobodyYields, type NobodyYields } from "./crises.ts";
import { resultIn } from "./series.ts";
import { stepsOf, type Reason } from "./terms-in-force.ts";

/** cause: why the terms differed. because: by whom or what. before, after: what the choices pay without
 * this cause and with it. */
type TermReason = {
  cause: Reason;
  /** The term that was changed; the first of several. */
  parameter: string;
  because: readonly string[];
  before: number;
  after: number;
};

/** What the choices in an arena pay a seat by the terms as written, and what by those in force; each
 * reason goes on from where the one before it ended. */
export type PayoffReasons = {
  arena: Arena;
  before: number;
  after: number;
  reasons: readonly TermReason[];
};

/** A crisis in which both pressed, and what made that worse or better than it was written. */
export type CrisisReason = { arena: Arena; crisis: NobodyYields };

/** Why arenas paid a seat more or less than the terms as written would have, cause by cause.
 *
 * A payoff is linear in the terms, so the causes lead from the one to the other.
 */
export function payoffReasons(before: Position, round: RoundResolved, seat: Seat): PayoffReasons[] {
  return before.arenas.flatMap((arena) => {
    const result = resultIn(round, arena.name);
    if (!result?.actions[seat]) return [];
    const after = result.payoffs[seat] ?? 0;
    const causes = causesIn(arena, result.actions, seat, before.scenario);
    if (causes.length === 0) return [];
    const written = after - causes.reduce((sum, { points }) => sum + points, 0);
    let at = written;
    const reasons = causes.map(({ points, ...cause }) => {
      const was = at;
      at += points;
      return { ...cause, before: was, after: at };
    });
    return [{ arena, before: written, after, reasons }];
  });
}

type CausePoints = Omit<TermReason, "before" | "after"> & { points: number };

/** What each cause made of a payoff, in points. */
function causesIn(
  arena: Arena,
  actions: Readonly<Record<Seat, Action>>,
  seat: Seat,
  scenario: Position["scenario"],
): CausePoints[] {
  const slopes = slopesOf(arena, actions, seat);
  const found = new Map<string, CausePoints>();
  for (const { change, before, after } of stepsOf(arena, seat, scenario)) {
    const { cause, because, parameter } = change;
    // each term that rivals are wary in has its own words, and one of them changes nothing here
    const key = [cause, cause === "wary" ? parameter : "", ...because].join(" ");
    const points = slopes[parameter as keyof Terms] * (after - before);
    const known = found.get(key);
    const sum = (known?.points ?? 0) + points;
    found.set(key, { parameter, ...known, cause, because, points: sum });
  }
  return [...found.values()];
}

/** What the terms of an arena made of a seat's payoff, in points; what made nothing is left out. They add
 * up to the payoff. */
export function partsOf(
  arena: Arena,
  actions: Readonly<Record<Seat, Action>>,
  seat: Seat,
): { term: (typeof PAID_BY)[number]; points: number }[] {
  const { game, members } = arena;
  if (game.type !== "collective") return [];
  const slopes = slopesOf(arena, actions, seat);
  const own = game.terms[members.indexOf(seat)]!;
  return PAID_BY.map((term) => ({ term, points: slopes[term] * own[term] })).filter(
    ({ points }) => Math.abs(points) > 1e-9,
  );
}

const PAID_BY = ["b", "c", "e", "g", "d"] as const satisfies readonly (keyof Terms)[];

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
