/** The one question that a reveal leaves to think about, by what happened. Pure. */
import type { Action, Breach, RoundResolved, Seat } from "../wire/types.ts";
import type { Headline } from "./headline.ts";
import type { WhatIf } from "./what-if.ts";

export const QUESTIONS = [
  "broke",
  "broke_in_vain",
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
      if (seat === mine) return didPay(headline.breach, whatIfs, round) ? "broke" : "broke_in_vain";
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

/** Whether a breach brought its seat more than its word would have; taken as so where nobody can tell. */
function didPay(
  { arena, seat }: Breach,
  whatIfs: readonly WhatIf[],
  round: RoundResolved,
): boolean {
  const kept = whatIfs.find((each) => each.arena.name === arena);
  return kept === undefined || kept.gain < (round.gains[seat] ?? 0) - NEAR;
}

/** What would have paid more in every arena of mine: defecting a temptation, cooperating a regret. */
function ofOwn(whatIfs: readonly WhatIf[], gain: number): Question {
  const pays = (action: Action) =>
    whatIfs.some((each) => each.action === action) &&
    whatIfs.every((each) => (each.action === action ? each.gain - gain : gain - each.gain) > NEAR);
  if (pays("D")) return "tempted";
  return pays("C") ? "regret" : "mixed";
}
