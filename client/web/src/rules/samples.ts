/** Small values of the rules for tests. */
import { fold } from "./evolve.ts";
import type { MatchCreated, Position, Scenario } from "./types.ts";

/** A dispute of two seats, with any part replaced. */
export function scenario(parts: Partial<Scenario> = {}): Scenario {
  const corners = { T: 5, R: 3, P: 1, S: 0 };
  return {
    name: "south_china_sea",
    title: "South China Sea",
    summary: "Two claimants talk.",
    briefing: ["You meet."],
    questions: ["Why did it go so?"],
    players: [
      { seat: "CHN", name: "China", brief: "A great power.", figures: {} },
      { seat: "PHL", name: "Philippines", brief: "A claimant.", figures: {} },
    ],
    arenas: [
      {
        name: "talks",
        title: "The talks",
        about: "Restraint at sea.",
        domain: "security",
        members: ["CHN", "PHL"],
        game: { type: "bimatrix", row: corners, column: corners },
        exclusive: 0,
        overrides: [],
      },
    ],
    rivals: [["CHN", "PHL"]],
    rounds: 3,
    continuation: 1,
    seconds: { briefing: 60, negotiation: 60, decision: 30, reveal: 15 },
    press: "full",
    missing_order: ["repeat", "defect"],
    shows_ready: false,
    power: "cinc",
    ...parts,
  };
}

/** The first event of a log. */
export function created(of: Scenario): MatchCreated {
  return { type: "match_created", rules_version: 1, scenario: of, seed: null, pace: 1, at_ms: 1 };
}

/** A match that waits for its people. */
export const LOBBY: Position = fold([created(scenario())])!;
