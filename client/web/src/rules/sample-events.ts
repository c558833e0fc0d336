/** Small events of the rules for tests, at the table of `scenario()`. */
import { BLANK } from "./samples.ts";
import type {
  Action,
  ArenaResult,
  Breach,
  GameEvent,
  PactTerms,
  Phase,
  RoundResolved,
  Seat,
} from "../wire/types.ts";

/** Both cooperate in the talks for a round. */
export const TREATY: PactTerms = {
  parties: ["CHN", "PHL"],
  pledges: [
    { seat: "CHN", arena: "talks", action: "C" },
    { seat: "PHL", arena: "talks", action: "C" },
  ],
  transfers: [],
  rounds: 1,
  binding: "treaty",
  stake: 0,
  is_conditional: false,
};

/** China broke a pact, and all saw it. */
export const BREACH: Breach = {
  pact: 1,
  parties: ["CHN", "PHL"],
  seat: "CHN",
  arena: "talks",
  forfeited: 0,
  is_public: true,
};

export function opens(round: number, phase: Phase, at_ms = 5): GameEvent {
  return { type: "phase_opened", round, phase, at_ms, deadline_ms: null };
}

/** The match was undone to an earlier point. */
export function branched(at_ms = 5): GameEvent {
  return { type: "branched", trunk: "m0", seq: 4, deadline_ms: null, at_ms, seed: null };
}

export function saved(seat: Seat, action: Action): GameEvent {
  return { type: "order_saved", round: 1, seat, actions: { talks: action }, at_ms: 2, sources: {} };
}

/** What was chosen in the talks, with any part replaced. */
export function chosen(
  actions: Record<Seat, Action>,
  parts: Partial<ArenaResult> = {},
): ArenaResult {
  return { arena: "talks", actions, sources: {}, payoffs: {}, ...parts };
}

/** A round in which nothing happened, with any part replaced. */
export function resolved(round: number, parts: Partial<RoundResolved> = {}): RoundResolved {
  return {
    type: "round_resolved",
    round,
    results: [],
    gains: {},
    at_ms: 3,
    incidents: [],
    standing: BLANK,
    sightings: [],
    breaches: [],
    settlements: {},
    moves: [],
    effects: [],
    pacts: [],
    ...parts,
  };
}
