/** Effort: what one commitment more would cost a seat this round, in rules 2. Pure.
 *
 * The twin of `game_rules/rulesets/second/effort.py`: m commitments beyond capacity cost o·m(m + 1)/2.
 */
import type { Position, Scenario, Seat } from "../wire/types.ts";
import { CRISIS } from "./in-force.ts";

/** nth: which of the seat's commitments it is. price: what it costs beside the others. */
export type Effort = { nth: number; capacity: number; price: number };

const CAPACITY = 3;
const STRETCH_COST = 1.5;

/** What so many commitments of a seat cost together in a round. */
export function overstretch(scenario: Scenario, seat: Seat, commitments: number): number {
  const beyond = Math.max(0, commitments - capacityOf(scenario, seat));
  return ((scenario.consequences?.stretch_cost ?? STRETCH_COST) * beyond * (beyond + 1)) / 2;
}

function capacityOf({ players }: Scenario, seat: Seat): number {
  return players.find((each) => each.seat === seat)?.capacity ?? CAPACITY;
}

/** What C in an arena costs by the seat's other choices; null where it costs nothing. */
export function effortOf(position: Position, seat: Seat, arena: string): Effort | null {
  const cost = position.scenario.consequences?.stretch_cost ?? STRETCH_COST;
  if (position.rules_version < 2 || arena.startsWith(CRISIS)) return null;
  const capacity = capacityOf(position.scenario, seat);
  const chosen = Object.entries(position.orders[seat] ?? {});
  const others = chosen.filter(
    ([name, action]) => action === "C" && name !== arena && !name.startsWith(CRISIS),
  );
  const nth = others.length + 1;
  return nth > capacity ? { nth, capacity, price: cost * (nth - capacity) } : null;
}
