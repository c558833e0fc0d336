/** Blocs as outsiders feel them, read from the terms in force, which everybody is told. Pure. */
import type { Arena, Effect, Scenario, Seat } from "../wire/types.ts";

/** A seat that stands in the shadow of blocs. strength: Z in (0, 1]. points: how much dearer C is where
 * it meets a rival. a_round: what it loses besides while they hold. */
export type Shade = {
  seat: Seat;
  strength: number;
  points: number;
  a_round: number;
  blocs: readonly string[];
};

/** Who stands in whose shadow this round, each seat once. */
export function shades({
  arenas,
  consequences,
}: Pick<Scenario, "arenas" | "consequences">): Shade[] {
  const whole = consequences?.shadow ?? 3;
  const found = new Map<Seat, Shade>();
  for (const { changes = [] } of arenas) {
    for (const { cause, seats, added, because } of changes) {
      if (cause !== "shadow" || whole === 0) continue;
      for (const seat of seats) {
        const shade = { strength: added / whole, points: added, a_round: added / 2 };
        found.set(seat, { seat, ...shade, blocs: because });
      }
    }
  }
  return [...found.values()];
}

/** held, gone: blocs that count since, or no more. exercise, rest: with an exercise since, or no more.
 * more, less: by how much of them held. */
type MoveReason = {
  is: "held" | "gone" | "exercise" | "rest" | "more" | "less";
  blocs: readonly string[];
};

/** How many points dearer C was and is for who stands in a shadow, and why that moved. */
export type Moved = { before: number; after: number; reasons: readonly MoveReason[] };

/** Why a seat's shadow is not as it was in the round before; null where it is.
 *
 * effects: those in force with each.
 */
export function shadeMoved(
  seat: Seat,
  then: { shades: readonly Shade[]; effects: readonly Effect[] },
  now: typeof then,
): Moved | null {
  const of = (some: readonly Shade[]) => some.find((each) => each.seat === seat) ?? NONE;
  const [was, is] = [of(then.shades), of(now.shades)];
  const [before, after] = [was.points, is.points];
  if (Math.abs(after - before) < 1e-9) return null;
  const kept = is.blocs.filter((each) => was.blocs.includes(each));
  const isUp = after > before;
  const exercising = (effects: readonly Effect[]) =>
    kept.filter((bloc) => effects.some((each) => isWithout(seat, bloc, each)));
  const [had, has] = [exercising(then.effects), exercising(now.effects)];
  const reasons: MoveReason[] = isUp
    ? [
        { is: "held", blocs: is.blocs.filter((each) => !kept.includes(each)) },
        { is: "exercise", blocs: has.filter((each) => !had.includes(each)) },
      ]
    : [
        { is: "gone", blocs: was.blocs.filter((each) => !kept.includes(each)) },
        { is: "rest", blocs: had.filter((each) => !has.includes(each)) },
      ];
  const found = reasons.filter(({ blocs }) => blocs.length > 0);
  if (found.length > 0) return { before, after, reasons: found };
  return { before, after, reasons: [{ is: isUp ? "more" : "less", blocs: kept }] };
}

const NONE: Pick<Shade, "points" | "blocs"> = { points: 0, blocs: [] };

/** How much a bloc worries a rival outside: more while it exercises without it. */
export function worry(
  { name, exclusive }: Arena,
  outsider: Seat,
  effects: readonly Effect[],
  { moves }: Pick<Scenario, "moves">,
): number {
  const isExercising = effects.some((each) => isWithout(outsider, name, each));
  return isExercising ? Math.min(1, (moves.exercise_factor ?? 1.5) * exclusive) : exclusive;
}

/** How many points dearer C will be next round for an outsider, by what blocs of its rivals produced in
 * this one; the twin of `shadows` in `game_rules`.
 *
 * effects: those in force then.
 */
export function shadowNext(
  seat: Seat,
  { arenas, rivals, consequences, moves }: Scenario,
  effects: readonly Effect[],
  produced: (bloc: Arena) => number,
): number {
  const others = rivals.filter((pair) => pair.includes(seat)).flat();
  const isOver = ({ exclusive, members }: Arena) =>
    exclusive > 0 && !members.includes(seat) && members.some((each) => others.includes(each));
  const isOpen = (bloc: Arena) =>
    effects.some(({ kind, arena }) => kind === "confidence" && arena === bloc.name);
  const strength = arenas.filter(isOver).reduce((sum, bloc) => {
    const exclusive = bloc.exclusive * (isOpen(bloc) ? (moves.open_factor ?? 0.5) : 1);
    return sum + worry({ ...bloc, exclusive }, seat, effects, { moves }) * produced(bloc);
  }, 0);
  return (consequences?.shadow ?? 3) * Math.min(1, strength);
}

/** Whether a bloc exercises without a seat, which worries it more. */
function isWithout(seat: Seat, bloc: string, { kind, arena, members }: Effect): boolean {
  return kind === "exercise" && arena === bloc && !members.includes(seat);
}

/** Whether there is anything about blocs to be shown: an alliance, or a shadow that may fall. */
export function hasBlocs({ arenas, starts }: Pick<Scenario, "arenas" | "starts">): boolean {
  return (starts?.length ?? 0) > 0 && arenas.some(isBloc);
}

/** An arena whose cooperation outsiders feel, or that binds two allies. */
export function isBloc({ exclusive, is_alliance }: Arena): boolean {
  return exclusive > 0 || is_alliance === true;
}
