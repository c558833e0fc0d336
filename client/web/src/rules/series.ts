/** Figures over the rounds of a match, for charts and tables; nothing here is new, only summed. */
import type { ArenaResult, RoundResolved, Seat } from "../wire/types.ts";

export type Series = { name: string; values: readonly number[] };

/** The share of all actions that were C, each round; in one arena if it is named. */
export function cooperationByRound(history: readonly RoundResolved[], arena?: string): number[] {
  return history.map(({ results }) => {
    const actions = results
      .filter((result) => arena === undefined || result.arena === arena)
      .flatMap((result) => Object.values(result.actions));
    return actions.filter((action) => action === "C").length / Math.max(actions.length, 1);
  });
}

/** Each seat's points after every round, from 0 before the first. */
export function totalsByRound(history: readonly RoundResolved[], seats: readonly Seat[]): Series[] {
  return seats.map((seat) => {
    let total = 0;
    return { name: seat, values: [0, ...history.map(({ gains }) => (total += gains[seat] ?? 0))] };
  });
}

export function resultIn(round: RoundResolved | undefined, arena: string): ArenaResult | undefined {
  return round?.results.find((result) => result.arena === arena);
}

/** The share of the other members' weight that cooperated; null without a result. */
export function faithIn(
  result: ArenaResult | undefined,
  members: readonly Seat[],
  weights: readonly number[],
  me: Seat,
): number | null {
  if (!result) return null;
  let cooperating = 0;
  let others = 0;
  members.forEach((seat, i) => {
    if (seat === me) return;
    others += weights[i]!;
    if (result.actions[seat] === "C") cooperating += weights[i]!;
  });
  return others > 0 ? cooperating / others : null;
}

/** Round steps for an axis: at most a handful, whole, and covering the range. */
export function ticks(low: number, high: number, wanted = 4): number[] {
  const span = Math.max(high - low, 1e-9);
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw) ?? raw;
  const first = Math.floor(low / step) * step;
  const count = Math.ceil((high - first) / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((first + i * step).toPrecision(12)));
}
