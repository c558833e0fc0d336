/** Blocs as outsiders feel them, read from the terms in force, which everybody is told. Pure. */
import type { Arena, Scenario, Seat } from "../wire/types.ts";

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

/** Whether there is anything about blocs to be shown: an alliance, or a shadow that may fall. */
export function hasBlocs({ arenas, starts }: Pick<Scenario, "arenas" | "starts">): boolean {
  return (starts?.length ?? 0) > 0 && arenas.some(isBloc);
}

/** An arena whose cooperation outsiders feel, or that binds two allies. */
export function isBloc({ exclusive, is_alliance }: Arena): boolean {
  return exclusive > 0 || is_alliance === true;
}
