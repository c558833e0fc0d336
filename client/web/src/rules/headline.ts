/** What mattered most in a round: a broken treaty before a crisis before an ally's call before a
 * surprise before a payoff. Pure. */
import type { Breach, Concept, Incident, RoundResolved, Seat } from "../wire/types.ts";
import type { Guess } from "./guesses.ts";

export type Headline =
  | { is: "breach"; breach: Breach }
  | { is: "incident"; incident: Incident }
  | { is: "surprise"; guess: Guess }
  | { is: "together" }
  | { is: "apart" }
  | { is: "gain"; seats: readonly Seat[]; points: number };

/** Incidents that count for more than a surprise, the weightiest first; the others for less. */
const GRAVE: readonly Concept[] = ["brink", "crisis", "spiral", "abandonment", "entrapment"];
const NOTABLE: readonly Concept[] = ["leverage", "fragmentation"];

const NEAR = 1e-9;

/** Give the headline of a round to one of its seats, or to those who look on.
 *
 * guesses: the forecasts that the reader knows. Of equals the reader's own counts first.
 */
export function headlineOf(
  round: RoundResolved,
  guesses: readonly Guess[],
  mine: Seat | null,
): Headline {
  return (
    ofBreaches(round, mine) ??
    ofIncidents(round, GRAVE, mine) ??
    ofGuesses(guesses) ??
    ofIncidents(round, NOTABLE, mine) ??
    ofChoices(round)
  );
}

/** A treaty that all can see before a word between few; then one's own, then the higher stake. */
function ofBreaches({ breaches }: RoundResolved, mine: Seat | null): Headline | null {
  const concerns = ({ parties }: Breach) => Number(mine !== null && parties.includes(mine));
  const [breach] = breaches.toSorted(
    (a, b) =>
      Number(b.is_public) - Number(a.is_public) ||
      concerns(b) - concerns(a) ||
      b.forfeited - a.forfeited,
  );
  return breach ? { is: "breach", breach } : null;
}

function ofIncidents(
  { incidents }: RoundResolved,
  concepts: readonly Concept[],
  mine: Seat | null,
): Headline | null {
  const concerns = ({ seats }: Incident) => Number(mine !== null && seats.includes(mine));
  const [incident] = incidents
    .filter(({ concept }) => concepts.includes(concept))
    .toSorted(
      (a, b) =>
        concepts.indexOf(a.concept) - concepts.indexOf(b.concept) || concerns(b) - concerns(a),
    );
  return incident ? { is: "incident", incident } : null;
}

/** A defection that nobody looked for before a cooperation that nobody did. */
function ofGuesses(guesses: readonly Guess[]): Headline | null {
  const wrong = guesses.filter(({ isRight }) => !isRight);
  const guess = wrong.find(({ done }) => done === "D") ?? wrong[0];
  return guess ? { is: "surprise", guess } : null;
}

function ofChoices({ results, gains }: RoundResolved): Headline {
  const all = results.flatMap(({ actions }) => Object.values(actions));
  if (all.length > 0 && all.every((action) => action === "C")) return { is: "together" };
  if (all.every((action) => action === "D")) return { is: "apart" };
  const points = Math.max(...Object.values(gains));
  const seats = Object.keys(gains).filter((seat) => (gains[seat] ?? 0) > points - NEAR);
  return { is: "gain", seats, points };
}
