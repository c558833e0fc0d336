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
 * opened, closed: that let outsiders in since, or no more. more, less: by how much of them held. */
type MoveReason = {
  is: "held" | "gone" | "exercise" | "rest" | "opened" | "closed" | "more" | "less";
  blocs: readonly string[];
};

/** How many points dearer C was and is for who stands in a shadow; what moved that, and what moved it
 * the other way. */
export type Moved = {
  before: number;
  after: number;
  reasons: readonly MoveReason[];
  against: readonly MoveReason[];
};

/** Why a seat's shadow is not as it was in the round before; null where it is.
 *
 * effects: those in force with each. yielded: how much more a bloc yielded than a round before, as far
 * as that is known.
 */
export function shadeMoved(
  seat: Seat,
  then: { shades: readonly Shade[]; effects: readonly Effect[] },
  now: typeof then,
  yielded: (bloc: string) => number = () => 0,
): Moved | null {
  const of = (some: readonly Shade[]) => some.find((each) => each.seat === seat) ?? NONE;
  const [was, is] = [of(then.shades), of(now.shades)];
  const [before, after] = [was.points, is.points];
  if (Math.abs(after - before) < 1e-9) return null;
  const kept = is.blocs.filter((each) => was.blocs.includes(each));
  const exercising = ({ effects }: typeof then) =>
    is.blocs.filter((bloc) => effects.some((each) => isWithout(seat, bloc, each)));
  const open = ({ effects }: typeof then) =>
    is.blocs.filter((bloc) => effects.some((each) => isOpenTo(bloc, each)));
  const [had, has] = [exercising(then).filter((each) => kept.includes(each)), exercising(now)];
  const [wasOpen, isOpen] = [open(then).filter((each) => kept.includes(each)), open(now)];
  const raising: MoveReason[] = [
    { is: "held", blocs: without(is.blocs, kept) },
    { is: "exercise", blocs: without(has, had) },
    { is: "closed", blocs: without(wasOpen, isOpen) },
  ];
  const lowering: MoveReason[] = [
    { is: "gone", blocs: without(was.blocs, kept) },
    { is: "rest", blocs: without(had, has) },
    { is: "opened", blocs: without(isOpen, wasOpen) },
  ];
  const isUp = after > before;
  const some = (found: MoveReason[]) => found.filter(({ blocs }) => blocs.length > 0);
  const [reasons, against] = [some(isUp ? raising : lowering), some(isUp ? lowering : raising)];
  const behind = kept.filter((bloc) => (isUp ? yielded(bloc) > 0 : yielded(bloc) < 0));
  const rest: MoveReason = {
    is: isUp ? "more" : "less",
    blocs: behind.length > 0 ? behind : kept,
  };
  return { before, after, reasons: reasons.length > 0 ? reasons : [rest], against };
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((each) => !others.includes(each));
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
  const isOpen = (bloc: Arena) => effects.some((each) => isOpenTo(bloc.name, each));
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

/** Whether a bloc lets outsiders in, which halves its shadow. */
function isOpenTo(bloc: string, { kind, arena }: Effect): boolean {
  return kind === "confidence" && arena === bloc;
}

/** Whether there is anything about blocs to be shown: an alliance, or a shadow that may fall. */
export function hasBlocs({ arenas, starts }: Pick<Scenario, "arenas" | "starts">): boolean {
  return (starts?.length ?? 0) > 0 && arenas.some(isBloc);
}

/** An arena whose cooperation outsiders feel, or that binds two allies. */
export function isBloc({ exclusive, is_alliance }: Arena): boolean {
  return exclusive > 0 || is_alliance === true;
}
