/** Effort: what one commitment more would cost a seat this round, in rules 2. Pure.
 *
 * The twin of `game_rules/rulesets/second/effort.py`: m commitments beyond capacity cost o·m(m + 1)/2.
 */
import type { Position, Seat } from "../wire/types.ts";
import { CRISIS } from "./in-force.ts";

/** nth: which of the seat's commitments it is. price: what it costs beside the others. */
export type Effort = { nth: number; capacity: number; price: number };

const CAPACITY = 3;

/** What C in an arena costs by the seat's other choices; null where it costs nothing. */
export function effortOf(position: Position, seat: Seat, arena: string): Effort | null {
  const cost = position.scenario.consequences?.stretch_cost ?? 1.5;
  if (position.rules_version < 2 || arena.startsWith(CRISIS)) return null;
  const player = position.scenario.players.find((each) => each.seat === seat);
  const capacity = player?.capacity ?? CAPACITY;
  const chosen = Object.entries(position.orders[seat] ?? {});
  const others = chosen.filter(
    ([name, action]) => action === "C" && name !== arena && !name.startsWith(CRISIS),
  );
  const nth = others.length + 1;
  return nth > capacity ? { nth, capacity, price: cost * (nth - capacity) } : null;
}
