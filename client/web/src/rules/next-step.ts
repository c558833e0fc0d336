/** What follows the reveal of a round. Pure. */
import type { Position } from "../wire/types.ts";

/** chance: another round or the debrief, which is drawn when the reveal is over. */
export type NextStep = "round" | "debrief" | "chance";

/** Tell what comes after the reveal of a round, as far as the scenario says. */
export function afterReveal({ scenario, round }: Pick<Position, "scenario" | "round">): NextStep {
  if (round >= scenario.rounds) return "debrief";
  const isOpen = scenario.continuation < 1 && round >= (scenario.least_rounds ?? 0);
  return isOpen ? "chance" : "round";
}

/** Whether every round that there will be was revealed: a word about the next would mean nothing. */
export function isPlayedOut(position: Pick<Position, "phase" | "scenario" | "round">): boolean {
  if (position.phase === "debrief") return true;
  return position.phase === "reveal" && afterReveal(position) === "debrief";
}
