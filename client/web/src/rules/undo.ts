/** Where an undo of the last phase leads; must agree with `before_last` of the server. */
import type { GameEvent, Moment } from "../wire/types.ts";

/** The phase before the last one that opened; null where there is nothing to undo. */
export function undoTo(log: readonly GameEvent[]): Moment | null {
  const opened = log.flatMap((event): Moment[] => {
    if (event.type === "phase_opened") return [{ round: event.round, phase: event.phase }];
    return event.type === "match_ended" ? [{ round: 0, phase: "debrief" }] : [];
  });
  return opened.at(-2) ?? null;
}
