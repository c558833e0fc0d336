/** What a round's points are made of: a line a kind, in the order in which they are told. Pure. */
import type { GainLine, RoundResolved, Seat } from "../wire/types.ts";

export const GAIN_LINES = [
  "arenas",
  "incidents",
  "shadow",
  "stretch",
  "leverage",
  "moves",
  "pacts",
] as const satisfies readonly GainLine[];

type Points = Readonly<Record<Seat, number>>;
export type Lines = ReadonlyMap<GainLine, Points>;

/** Whether a round was played by rules 2, whose rounds hold changes of standing. */
export function isOfRules2({ change }: Pick<RoundResolved, "change">): boolean {
  return (change ?? null) !== null;
}

/** The lines of a round that hold anything; rules 1 has no lines of its own, and so they are summed. */
export function linesOf(round: RoundResolved): Lines {
  const paid: [Seat, number][] = round.results.flatMap(({ payoffs }) => Object.entries(payoffs));
  const other = isOfRules2(round) ? (round.lines ?? {}) : oldLines(round);
  const lines = { ...other, arenas: summed(paid) } as Partial<Record<GainLine, Points>>;
  const told = GAIN_LINES.flatMap((line) => {
    const points = lines[line] ?? {};
    return Object.values(points).some((each) => each !== 0) ? [[line, points] as const] : [];
  });
  return new Map(told);
}

/** The same over several rounds. */
export function linesOver(rounds: readonly RoundResolved[]): Lines {
  const each = rounds.map(linesOf);
  const told = GAIN_LINES.flatMap((line) => {
    const parts = each.flatMap((lines) => Object.entries(lines.get(line) ?? {}));
    return parts.length > 0 ? [[line, summed(parts)] as const] : [];
  });
  return new Map(told);
}

/** What a seat's points of a round are made of: each line that holds anything, and always its arenas. */
export function ownLines(round: RoundResolved, seat: Seat): { line: GainLine; own: number }[] {
  return [...linesOf(round)].flatMap(([line, points]) => {
    const own = points[seat] ?? 0;
    return own === 0 && line !== "arenas" ? [] : [{ line, own }];
  });
}

/** What the arenas of a round paid a seat, one by one. */
export function paidTo(seat: Seat, { results }: Pick<RoundResolved, "results">): number[] {
  return results.flatMap(({ payoffs }) => payoffs[seat] ?? []);
}

function oldLines(round: RoundResolved): Partial<Record<GainLine, Points>> {
  return {
    incidents: summed(round.incidents.map(({ seats, cost }) => [seats[0] ?? "", -cost])),
    moves: summed(round.moves.map(({ seat, cost }) => [seat, -cost])),
    pacts: round.settlements,
  };
}

function summed(parts: readonly (readonly [Seat, number])[]): Points {
  const sums: Record<Seat, number> = {};
  for (const [seat, points] of parts) sums[seat] = (sums[seat] ?? 0) + points;
  return sums;
}
