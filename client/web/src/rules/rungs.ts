/** The ladder of tension of rules 2: on which rung each pair of rivals stands. Pure. */
import type { RivalPair, RoundResolved, Scenario, Seat, Standing } from "../wire/types.ts";
import { nobodyYields } from "./crises.ts";
import { CRISIS } from "./in-force.ts";

/** From the lowest to the highest, as `RivalPair.rung` counts them. */
export const RUNGS = ["calm", "strained", "crisis", "brink"] as const;
export type Rung = (typeof RUNGS)[number];

/** A pair of rivals. rung, tension: null where fog hides them. */
export type Rivalry = {
  seats: readonly [Seat, Seat];
  rung: Rung | null;
  tension: number | null;
};

type Ladder = Pick<Scenario, "starts">;
type Played = Pick<Scenario, "arenas" | "stakes" | "consequences">;
type Last = Pick<RoundResolved, "incidents"> | null | undefined;

/** Whether a scenario's rivals stand on rungs: in rules 2, where each pair has a start. */
export function hasRungs({ starts }: Ladder): boolean {
  return (starts?.length ?? 0) > 0;
}

/** The tension from which on a rung holds, for the two that have one. */
export function ladderOf({ consequences }: Pick<Scenario, "consequences">): {
  strained: number;
  crisis: number;
} {
  return {
    strained: consequences?.strained_tension ?? 0.5,
    crisis: consequences?.crisis_tension ?? 0.8,
  };
}

/** Every pair of rivals as this viewer knows it. scenario: with the arenas in force. last: the round
 * that was opened last, whose crises everybody is told before the next one opens. */
export function rivalries(
  scenario: Played & Pick<Scenario, "rivals">,
  standing: Standing,
  last: Last = null,
): Rivalry[] {
  return scenario.rivals.map((seats) => {
    const known = standing.rivals.find((pair) => isOf(pair, seats));
    if (known) return { seats, rung: rungOf(known), tension: known.tension };
    return { seats, rung: rungKnown(scenario, seats, last), tension: null };
  });
}

/** The rung of a pair; in rules 1, which counts none, it is calm or in crisis. */
function rungOf({ rung, is_in_crisis }: RivalPair): Rung {
  return RUNGS[rung ?? (is_in_crisis ? 2 : 0)]!;
}

/** A crisis that the last round began is one before its arena opens. */
function rungKnown(scenario: Played, seats: readonly Seat[], last: Last): Rung | null {
  const now = rungInForce(scenario, seats);
  const hasBegun = last?.incidents.some(
    ({ concept, seats: of }) => concept === "crisis" && seats.every((seat) => of.includes(seat)),
  );
  return hasBegun && now !== "brink" ? "crisis" : now;
}

/** What the arenas that are played tell of a pair: a crisis is open, on the brink, or two are wary;
 * they are calm where an arena of both has its terms in force and neither is wary. */
export function rungInForce(scenario: Played, seats: readonly Seat[]): Rung | null {
  const { arenas, consequences } = scenario;
  const isIn = (name: readonly Seat[]) => seats.every((seat) => name.includes(seat));
  const crisis = arenas.find(({ name, members }) => name.startsWith(CRISIS) && isIn(members));
  if (crisis) return nobodyYields(crisis, seats[0]!, scenario)?.isBrink ? "brink" : "crisis";
  const isWary = arenas.some(({ changes = [] }) =>
    changes.some(({ cause, because }) => cause === "wary" && isIn(because)),
  );
  if (isWary) return "strained";
  const couldTell = (consequences?.wariness ?? 1) > 0;
  const isTold = arenas.some(({ changes = [], members }) => changes.length > 0 && isIn(members));
  return couldTell && isTold ? "calm" : null;
}

function isOf(pair: RivalPair, seats: readonly Seat[]): boolean {
  return pair.seats.every((seat) => seats.includes(seat));
}
