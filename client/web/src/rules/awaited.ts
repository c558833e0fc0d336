/** Whether people are still to come to a match. Pure. */
import type { Position } from "../wire/types.ts";

/** Whether a model waits for its people: it begins paused, in the middle of a match, with seats free. */
export function isAwaited(
  position: Pick<Position, "model" | "paused_at_ms" | "scenario" | "holders">,
): boolean {
  if (position.model === null || position.paused_at_ms === null) return false;
  return position.scenario.players.some(({ seat }) => position.holders[seat] === undefined);
}
