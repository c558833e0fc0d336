/** What a hall is told: the facilitator's words to all, and the injects that count. */
import type { MessageSaid, OpenedInject, Position, Seat } from "../wire/types.ts";

/** The injects that were told and are not over, the newest first; none once the match is over. */
export function openInjects({ injects, phase }: Position): OpenedInject[] {
  return phase === "debrief" ? [] : injects.filter(({ is_closed }) => !is_closed).toReversed();
}

/** What the facilitator last said to all, the newest first. */
export function announcements({ messages }: Position, most: number): MessageSaid[] {
  return messages
    .filter(({ sender, room }) => sender === null && room.length === 0)
    .slice(-most)
    .toReversed();
}

export type Mark = "ready" | "open" | "program" | "nobody";

/** Who has locked in, where the scenario lets everybody see it; null where it does not. */
export function marks(position: Position): { seat: Seat; mark: Mark }[] | null {
  if (!position.scenario.shows_ready) return null;
  return position.scenario.players.map(({ seat }) => ({ seat, mark: markOf(position, seat) }));
}

function markOf({ holders, ready }: Position, seat: Seat): Mark {
  const holder = holders[seat];
  if (holder === undefined) return "nobody";
  if (holder.is_bot || holder.autopilot !== null) return "program";
  return ready[seat] ? "ready" : "open";
}
