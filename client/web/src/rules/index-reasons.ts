/** Why the index changed from one round to the next: what its parts are made of. Pure.
 *
 * Parts of the twins of `coordination` and `integration` in `game_rules/rulesets/second/index.py`,
 * which shared vectors hold to the index after the round. Rules 2 alone.
 */
import type {
  Arena,
  Integration,
  Position,
  RoundResolved,
  Scenario,
  Seat,
  Standing,
} from "../wire/types.ts";
import { weight } from "./games.ts";
import { efficiency } from "./joint-gain.ts";
import { resultIn } from "./series.ts";
import { dependency, PARTS, trustTies, type Part } from "./standing.ts";

const NEAR = 1e-9;

/** A round, and the position in which its orders were opened. */
export type Opened = { before: Position; round: RoundResolved };

/** A part of the index before and after a round. moved: the five sum to that of ln(index) × 5. */
export type PartMoved = { part: Part; before: number; after: number; moved: number };

/** One of the figures that a part is the mean of; weights sum to 1. */
export type Share<Of> = { of: Of; value: number; weight: number };

/** An arena that coordination is counted in, and who cooperated there. */
export type Joint = { name: string; gave: readonly Seat[]; members: readonly Seat[] };

/** A figure that moved a part, before and after; null where it did not count. */
export type Mover<Of> = { of: Of; before: Share<Of> | null; after: Share<Of> | null };

/** The parts of the index, and what each made of its change: of a product, the logarithm. */
export function partsMoved(was: Integration, is: Integration): PartMoved[] {
  return PARTS.map((part) => {
    const [before, after] = [was[part], is[part]];
    return { part, before, after, moved: Math.log(after / before) };
  });
}

/** The part that moved the index most, the way that it went. */
export function leadingPart(was: Integration, is: Integration): PartMoved {
  const way = Math.sign(is.index - was.index);
  return partsMoved(was, is).reduce((most, each) =>
    each.moved * way > most.moved * way ? each : most,
  );
}

/** The joint gain of each arena that a part counts; null where the viewer was not told them all. */
export function jointShares(
  { before: { arenas }, round }: Opened,
  part: "cooperation" | "cross_bloc",
): Share<Joint>[] | null {
  const played = arenas.map((arena) => ({ arena, result: resultIn(round, arena.name) }));
  if (played.some(({ result }) => result === undefined)) return null;
  const blocs = arenas.filter(({ exclusive }) => exclusive > 0);
  const isOpen = ({ exclusive }: Arena) => exclusive === 0 || blocs.length === arenas.length;
  const found = played.map(({ arena, result }) => {
    const { name, members, game } = arena;
    const gave = members.filter((seat) => result!.actions[seat] === "C");
    const paid = members.map((seat) => result!.payoffs[seat]!);
    const value = isOpen(arena) ? efficiency(game, paid) : null;
    const pairs = crossPairs(members, blocs);
    return { of: { name, gave, members }, value, size: members.length, pairs };
  });
  const counted = found.flatMap((x) => (x.value === null ? [] : [{ ...x, value: x.value }]));
  if (counted.length === 0)
    return weighed(found.map((x) => ({ ...x, value: x.of.gave.length / x.size, weight: 1 })));
  const isCross = part === "cross_bloc" && counted.some(({ pairs }) => pairs > 0);
  return weighed(counted.map((x) => ({ ...x, weight: isCross ? x.pairs : x.size })));
}

function crossPairs(members: readonly Seat[], blocs: readonly Arena[]): number {
  const isUnited = (a: Seat, b: Seat) =>
    blocs.some((bloc) => bloc.members.includes(a) && bloc.members.includes(b));
  return members.reduce(
    (count, a, i) => count + members.slice(i + 1).filter((b) => !isUnited(a, b)).length,
    0,
  );
}

/** What a part comes to: the mean of its figures, not below the floor; 1 of none. */
export function partOf(shares: readonly Share<unknown>[], { consequences }: Scenario): number {
  if (shares.length === 0) return 1;
  return Math.max(consequences?.least_part ?? LEAST_PART, mean(shares));
}

/** What a scenario has that says nothing else; as `Consequences` does. */
const LEAST_PART = 0.05;

function mean(shares: readonly Share<unknown>[]): number {
  return shares.reduce((sum, { value, weight }) => sum + value * weight, 0);
}

function weighed<Of>(shares: readonly Share<Of>[]): Share<Of>[] {
  const whole = shares.reduce((sum, { weight }) => sum + weight, 0);
  return shares.map(({ of, value, weight }) => ({ of, value, weight: weight / whole }));
}

/** How much every seat trusts every other, as far as it is known. */
export function trustShares(standing: Standing): Share<readonly [Seat, Seat]>[] {
  return weighed(
    trustTies(standing).map(({ from, to, value }) => ({ of: [from, to], value, weight: 1 })),
  );
}

/** How calm each pair of rivals is. */
export function calmShares({ rivals }: Standing): Share<readonly [Seat, Seat]>[] {
  return weighed(
    rivals.map(({ seats, tension }) => ({ of: seats, value: 1 - tension, weight: 1 })),
  );
}

/** How little each seat leans on one partner: 1 − min(1, 2·largest leaning). */
export function autonomyShares(standing: Standing): Share<Seat>[] {
  return weighed(
    Object.keys(standing.dependency).map((seat) => {
      const value = 1 - Math.min(1, 2 * leaning(standing, seat).most);
      return { of: seat, value, weight: 1 };
    }),
  );
}

/** The partner that a seat leans on most: the largest of s_ij − s_ji above 0. */
export function leaning(standing: Standing, seat: Seat): { on: Seat | null; most: number } {
  return Object.keys(standing.dependency[seat] ?? {}).reduce<{ on: Seat | null; most: number }>(
    (found, other) => {
      const lean = dependency(standing, seat, other) - dependency(standing, other, seat);
      return lean > found.most + NEAR ? { on: other, most: lean } : found;
    },
    { on: null, most: 0 },
  );
}

/** What moved a mean most, the way that it went, of what changed, came or went; null of nothing.
 *
 * A figure counts by how far it is from the mean before, so all together make the whole change.
 */
export function leadingMover<Of>(
  was: readonly Share<Of>[],
  is: readonly Share<Of>[],
  key: (of: Of) => string,
): Mover<Of> | null {
  const middle = mean(was);
  const apart = (share: Share<Of> | null) => (share ? (share.value - middle) * share.weight : 0);
  const find = (shares: readonly Share<Of>[], of: Of) =>
    shares.find((each) => key(each.of) === key(of)) ?? null;
  const all = [...is, ...was.filter(({ of }) => find(is, of) === null)];
  const movers = all.map(({ of }) => {
    const [before, after] = [find(was, of), find(is, of)];
    return { of, before, after, moved: apart(after) - apart(before) };
  });
  const way = Math.sign(movers.reduce((sum, { moved }) => sum + moved, 0));
  const isChanged = ({ before, after }: Mover<Of>) =>
    !before || !after || Math.abs(before.value - after.value) > NEAR;
  const [most] = movers.filter(isChanged).toSorted((a, b) => (b.moved - a.moved) * way);
  return most && most.moved * way > 0 ? most : null;
}

/** What share of a seat's benefits another made this round: what moved its dependency. */
export function lentShare({ before, round }: Opened, seat: Seat, other: Seat): number {
  const { dependency_memory: memory } = before.scenario.standing;
  const [was, is] = [before, round].map((x) => dependency(x.standing, seat, other));
  return Math.max(0, (is! - memory * was!) / (1 - memory));
}

/** The share of the weight in an arena that cooperated: what moved its norm. */
export function normShare({ name, members, game }: Arena, round: RoundResolved): number | null {
  const actions = resultIn(round, name)?.actions;
  if (actions === undefined) return null;
  return members.reduce((sum, seat, i) => sum + (actions[seat] === "C" ? weight(game, i) : 0), 0);
}
