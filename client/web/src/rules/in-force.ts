/** The arenas that are played now, which events may have changed since the match began. */
import type { Arena, Position, Scenario } from "../wire/types.ts";

const seen = new WeakMap<readonly Arena[], Scenario>();

/** The scenario with the arenas in force in place of its own; the same object while they stay,
 * so that nothing is drawn again. */
export function scenarioNow({ scenario, arenas }: Position): Scenario {
  if (arenas === scenario.arenas) return scenario;
  const known = seen.get(arenas);
  if (known !== undefined) return known;
  const now = { ...scenario, arenas };
  seen.set(arenas, now);
  return now;
}

/** How the names of arenas begin that a crisis opens. */
export const CRISIS = "crisis_";
