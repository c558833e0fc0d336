/** Small values of the rules for tests. */
import { fold } from "./evolve.ts";
import type {
  Arena,
  Collective,
  LensParameters,
  MatchCreated,
  MoveRules,
  Position,
  Scenario,
  Standing,
  StandingParameters,
  TermChange,
  Terms,
  Ties,
} from "../wire/types.ts";

const STANDING: StandingParameters = {
  trust_memory: 0.9,
  defection_weight: 2,
  breach_weight: 2,
  dependency_memory: 0.8,
  supplier_share: 0.35,
  letdown_cost: 2,
  tension_memory: 0.9,
  tension_of_defection: 0.1,
  relief_of_cooperation: 0.12,
  crisis_tension: 0.8,
  spiral_rounds: 3,
  fragmented_share: 0.5,
  fragmented_rounds: 2,
  institution_memory: 0.8,
  norm_memory: 0.8,
  affinity_of_mutual: 0.05,
  affinity_of_betrayal: 0.1,
  optimistic_index: 65,
  pessimistic_index: 30,
  calm_rounds: 2,
  count_at_start: 1,
  tension_at_start: 0.3,
  institution_at_start: 0.3,
  norm_at_start: 0.5,
  affinity_of_rivals: -0.5,
  affinity_of_partners: 0.5,
};
const LENSES: LensParameters = {
  k: 0.5,
  lam: 0.5,
  beta: 1,
  alpha: 0.5,
  nu: 0.5,
};
const MOVES: MoveRules = {
  allowed: ["confidence", "restraint", "exercise", "diversify", "link", "fund", "mediation"],
  confidence_quality: 0.97,
  confidence_rounds: 2,
  confidence_cost: 0.5,
  restraint_temptation: 1,
  restraint_rounds: 2,
  restraint_cost: 0,
  exercise_benefit: 1,
  exercise_rounds: 2,
  exercise_tension: 0.1,
  exercise_cost: 0.5,
  diversify_cost: 2,
  link_rounds: 4,
  link_cost: 0,
  fund_cost: 1,
};
const NO_TIES: Ties = { values: {}, unit: "", year: null, source: "", status: "assumed" };

/** The numbers of a scenario that sets none of its own. */
const PARAMETERS = {
  monitoring: 1,
  standing: STANDING,
  lenses: LENSES,
  trade: NO_TIES,
  affinity: NO_TIES,
  deck: [],
  pacts: [],
  links: [],
  population: null,
  delegates: 1,
  autopilot: "tit_for_tat",
  autopilot_after_s: 60,
  moves: MOVES,
  has_advisor: true,
  is_masked: false,
} satisfies Partial<Scenario>;

/** The standing of seats that have not met. */
export const BLANK: Standing = {
  rounds: 0,
  faith: {},
  affinity: {},
  dependency: {},
  rivals: [],
  institutions: {},
  norms: {},
  calm_rounds: 0,
  fragmented_rounds: 0,
  integration: null,
};

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
        grounds: [],
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
    ...PARAMETERS,
    ...parts,
  };
}

/** The first event of a log. */
export function created(of: Scenario): MatchCreated {
  return {
    type: "match_created",
    rules_version: 1,
    scenario: of,
    seed: null,
    pace: 1,
    at_ms: 1,
    standing: BLANK,
  };
}

/** A match that waits for its people. */
export const LOBBY: Position = fold([created(scenario())])!;

/** A summit of rules 2 in which China stands in the shadow of the Quad; a relief agency is no state. */
export function summit(parts: Partial<Scenario> = {}): Scenario {
  const terms = { b: 7, c: 2, e: 2, g: 1.5, d: 1.5, sigma: 0.4 };
  const plain = scenario();
  const arena = (name: string, title: string, members: readonly string[]): Arena => ({
    ...plain.arenas[0]!,
    name,
    title,
    members,
    game: {
      type: "collective",
      weights: members.map(() => 1 / members.length),
      terms: members.map(() => terms),
      theta: 0,
    },
  });
  return {
    ...plain,
    players: [
      { seat: "CHN", name: "China", brief: "", figures: {} },
      { seat: "USA", name: "United States", brief: "", figures: {}, capacity: 1 },
      { seat: "AUS", name: "Australia", brief: "", figures: {} },
      { seat: "RED", name: "Relief agency", brief: "", figures: {}, kind: "non_state" },
    ],
    arenas: [
      arena("summit", "The Summit", ["CHN", "USA", "AUS", "RED"]),
      { ...arena("quad", "Quad", ["USA", "AUS", "RED"]), exclusive: 0.5 },
      { ...arena("aukus", "AUKUS", ["USA", "AUS"]), exclusive: 0.3, is_alliance: true },
    ],
    rivals: [["CHN", "USA"]],
    starts: [{ seats: ["CHN", "USA"], tension: 0.3, source: "", status: "assumed" }],
    ...parts,
  };
}

/** The arenas of that summit once the blocs have held a round. */
export function summitInForce(): readonly Arena[] {
  const [first, ...others] = summit().arenas as [Arena, Arena, Arena];
  const institution = { cause: "institution", seats: [], added: 0, because: [] } as const;
  const blocs = { seats: ["CHN"], because: ["quad", "aukus"] } as const;
  const changes: TermChange[] = [
    { ...institution, parameter: "e", factor: 0.9 },
    { ...institution, parameter: "c", factor: 0.95 },
    { parameter: "c", cause: "shadow", ...blocs, factor: 1, added: 2.4 },
  ];
  return [changedBy(first, changes), ...others];
}

/** China and the United States, strained rivals: to be exploited costs either one point more. */
export const WARY: TermChange = {
  parameter: "e",
  cause: "wary",
  seats: ["CHN", "USA"],
  factor: 1,
  added: 1,
  because: ["CHN", "USA"],
};

/** An arena whose terms these changes are in force in, as the engine applies them. */
export function changedBy(arena: Arena, changes: readonly TermChange[]): Arena {
  const game = arena.game as Collective;
  const terms = game.terms.map((written, i) => {
    const own = ({ seats }: TermChange) => seats.length === 0 || seats.includes(arena.members[i]!);
    return changes.filter(own).reduce((at, { parameter, factor, added }) => {
      const term = parameter as keyof Terms;
      return { ...at, [term]: at[term] * factor + added };
    }, written);
  });
  return { ...arena, changes, game: { ...game, terms } };
}
