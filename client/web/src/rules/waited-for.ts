/** Whom the open phase waits for, as far as a viewer can know. */
import type { Position, Seat } from "../wire/types.ts";

/** People who are not ready yet, in the scenario's order; programs keep nobody waiting for long. */
export function waitedFor(position: Position): Seat[] {
  if (position.phase === "lobby" || position.phase === "debrief") return [];
  const seats = position.scenario.players.map(({ seat }) => seat);
  return seats.filter((seat) => {
    const holder = position.holders[seat];
    return (
      holder !== undefined && !holder.is_bot && holder.autopilot === null && !position.ready[seat]
    );
  });
}
