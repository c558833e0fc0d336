/** The one question that a reveal leaves to think about, by what happened. Pure. */
import type { RoundResolved, Seat } from "../wire/types.ts";
import type { Headline } from "./headline.ts";
import type { WhatIf } from "./what-if.ts";

export const QUESTIONS = [
  "broke",
  "broken",
  "witnessed",
  "crisis",
  "ally",
  "surprise",
  "leaning",
  "divided",
  "together",
  "apart",
  "tempted",
  "regret",
  "mixed",
] as const;
export type Question = (typeof QUESTIONS)[number];

const NEAR = 1e-9;

/** Choose the question by the headline first, and by the reader's own choices where it tells little. */
export function questionOf(
  headline: Headline,
  round: RoundResolved,
  whatIfs: readonly WhatIf[],
  mine: Seat | null,
): Question {
  switch (headline.is) {
    case "breach": {
      const { seat, parties } = headline.breach;
      if (seat === mine) return "broke";
      return mine !== null && parties.includes(mine) ? "broken" : "witnessed";
    }
    case "incident":
      return ofIncident(headline.incident.concept);
    case "surprise":
    case "together":
    case "apart":
      return headline.is;
    case "gain":
      return ofOwn(whatIfs, mine === null ? 0 : (round.gains[mine] ?? 0));
  }
}

function ofIncident(concept: (Headline & { is: "incident" })["incident"]["concept"]): Question {
  switch (concept) {
    case "abandonment":
    case "entrapment":
      return "ally";
    case "leverage":
      return "leaning";
    case "fragmentation":
      return "divided";
    default:
      return "crisis";
  }
}

/** Would another choice have brought more: by defecting a temptation, by cooperating a regret. */
function ofOwn(whatIfs: readonly WhatIf[], gain: number): Question {
  const best = whatIfs
    .filter((each) => each.gain > gain + NEAR)
    .toSorted((a, b) => b.gain - a.gain)[0];
  if (!best) return "mixed";
  return best.action === "D" ? "tempted" : "regret";
}
