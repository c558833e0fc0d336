/** What fog keeps from a reader. Pure. */
import type { Position } from "../wire/types.ts";

/** Whether what is told here is what a reader saw in fog, and not what was played.
 *
 * Who sees everything is told the index after every round; in fog it waits for the end.
 */
export function isFogged({ scenario, history }: Pick<Position, "scenario" | "history">): boolean {
  const last = history.at(-1);
  return scenario.monitoring < 1 && last?.change != null && last.standing.integration === null;
}

/** Whether a match has ended, and what fog hid of it is told here. */
export function isFogLifted({
  scenario,
  history,
  phase,
}: Pick<Position, "scenario" | "history" | "phase">): boolean {
  const last = history.at(-1);
  const isTold = last?.change != null && last.standing.integration !== null;
  return phase === "debrief" && scenario.monitoring < 1 && isTold;
}

/** Whether a match has ended whose choices are told here to the public, as fog showed them. */
export function wasSeenInFog({ scenario, phase }: Pick<Position, "scenario" | "phase">): boolean {
  return phase === "debrief" && scenario.monitoring < 1;
}
