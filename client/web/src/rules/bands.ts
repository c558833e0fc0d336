/** The outlook at three pairs of bounds, of which the middle is the scenario's own. Pure.
 *
 * The twin of `outlook` in `game_rules/rulesets/second/index.py`.
 */
import type { Outlook, Scenario, Standing } from "../wire/types.ts";
import { outlookOf } from "./standing.ts";

/** optimistic: the index from which on it is; pessimistic: up to which it is. outlook: by them. */
export type Band = { optimistic: number; pessimistic: number; outlook: Outlook };

const EASIER = { optimistic: 60, pessimistic: 35 };
const HARDER = { optimistic: 70, pessimistic: 25 };

/** Name the future that a standing points to, three times; none where its index is not known. */
export function bandsOf(
  scenario: Pick<Scenario, "consequences" | "standing">,
  { integration, calm_rounds }: Pick<Standing, "integration" | "calm_rounds">,
): Band[] {
  if (integration === null) return [];
  const own = outlookOf(scenario);
  const plain = { optimistic: own.optimistic_index, pessimistic: own.pessimistic_index };
  const isCalm = calm_rounds >= scenario.standing.calm_rounds;
  return [EASIER, plain, HARDER].map((bounds): Band => {
    const { index } = integration;
    if (calm_rounds === 0 || index <= bounds.pessimistic)
      return { ...bounds, outlook: "pessimistic" };
    const isHigh = index >= bounds.optimistic && isCalm;
    return { ...bounds, outlook: isHigh ? "optimistic" : "contested" };
  });
}
