/** Made-up matches to look at while drawing; never part of the built client. */
import { fold } from "../rules/evolve.ts";
import { payoffs } from "../rules/games.ts";
import { BLANK, PARAMETERS } from "../rules/samples.ts";
import type {
  Action,
  ArenaResult,
  Arena,
  GameEvent,
  OrderSource,
  Player,
  Position,
  RoundResolved,
  Scenario,
  Terms,
} from "../wire/types.ts";

const START = 1_790_000_000_000;

function players(...seats: [string, string, string][]): Player[] {
  return seats.map(([seat, name, brief]) => ({ seat, name, brief, figures: {} }));
}

function collective(weights: number[], terms: Terms, theta: number): Arena["game"] {
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    type: "collective",
    weights: weights.map((w) => w / total),
    terms: weights.map(() => terms),
    theta,
  };
}

const common = {
  summary: "",
  briefing: ["Five states share one sea, and one of them a treaty with a power far away."],
  questions: ["When did talk change what was done?"],
  rivals: [],
  continuation: 1,
  seconds: { briefing: 60, negotiation: 90, decision: 60, reveal: 20 },
  press: "full",
  missing_order: ["repeat", "defect"],
  shows_ready: false,
  power: "cinc",
  ...PARAMETERS,
} satisfies Partial<Scenario>;

const SEA: Scenario = {
  ...common,
  name: "south_china_sea",
  title: "South China Sea: a code of conduct",
  rounds: 8,
  rivals: [["CHN", "PHL"]],
  players: players(
    ["CHN", "China", "The largest claimant."],
    ["PHL", "Philippines", "A claimant with a treaty."],
    ["VNM", "Vietnam", "A claimant with a long coast."],
    ["MYS", "Malaysia", "A quiet claimant."],
    ["IDN", "Indonesia", "No claimant, but a neighbour."],
    ["USA", "United States", "An ally from across the ocean."],
  ),
  arenas: [
    {
      name: "code_of_conduct",
      title: "Code of Conduct",
      about: "Restraint at sea: no new outposts, no ramming, calls answered.",
      domain: "security",
      members: ["CHN", "PHL", "VNM", "MYS", "IDN"],
      game: collective(
        [0.49, 0.1, 0.13, 0.13, 0.15],
        { b: 7, c: 2, e: 2, g: 2.5, d: 1.5, sigma: 0.5 },
        0.5,
      ),
      exclusive: 0,
      overrides: [
        {
          member: "CHN",
          parameter: "g",
          value: 3,
          source: "A revisionist's temptation",
          status: "assumed",
        },
      ],
      grounds: [
        {
          parameter: "b",
          source: "Assumption: calm at sea is worth more than any claim",
          status: "assumed",
        },
        {
          parameter: "theta",
          source: "Assumption: half of the weight must keep it",
          status: "assumed",
        },
      ],
    },
    {
      name: "us_philippines_treaty",
      title: "US–Philippines treaty",
      about: "Mutual defence: patrols together, or each for itself.",
      domain: "security",
      members: ["USA", "PHL"],
      game: collective([0.85, 0.15], { b: 6, c: 1.5, e: 2, g: 1, d: 1, sigma: 0.3 }, 0),
      exclusive: 0.1,
      overrides: [],
      grounds: [],
    },
  ],
};

const CROWD: Scenario = {
  ...common,
  name: "crowd",
  title: "Everyone at once",
  rounds: 20,
  players: players(
    ["AUS", "Australia", ""],
    ["CHN", "China", ""],
    ["IDN", "Indonesia", ""],
    ["IND", "India", ""],
    ["JPN", "Japan", ""],
    ["KAZ", "Kazakhstan", ""],
    ["KOR", "South Korea", ""],
    ["MYS", "Malaysia", ""],
    ["PAK", "Pakistan", ""],
    ["PHL", "Philippines", ""],
    ["PRK", "North Korea", ""],
    ["RUS", "Russia", ""],
    ["SGP", "Singapore", ""],
    ["THA", "Thailand", ""],
    ["TWN", "Taiwan", ""],
    ["USA", "United States", ""],
    ["VNM", "Vietnam", ""],
  ),
  arenas: (
    [
      ["six_party", "Six-Party talks", ["PRK", "KOR", "USA", "CHN", "JPN", "RUS"]],
      ["quad", "Quad", ["USA", "JPN", "IND", "AUS"]],
      ["asean", "ASEAN confidence", ["IDN", "VNM", "PHL", "SGP", "THA", "MYS"]],
      ["nuclear", "Nuclear restraint", ["IND", "PAK"]],
      ["strait", "Strait stand-off", ["CHN", "TWN"]],
      ["sco", "SCO", ["CHN", "RUS", "KAZ", "IND", "PAK"]],
      ["sunshine", "Sunshine", ["PRK", "KOR"]],
    ] as const
  ).map(([name, title, members]) => ({
    name,
    title,
    about: "",
    domain: "security",
    members,
    game: collective(
      members.map((_, i) => 1 + i),
      { b: 6, c: 2, e: 1, g: 2, d: 0.5, sigma: 0.3 },
      0.6,
    ),
    exclusive: 0,
    overrides: [],
    grounds: [],
  })),
};

const KOREA: Scenario = {
  ...CROWD,
  name: "korea",
  title: "Korean Peninsula",
  players: CROWD.players.filter((p) => ["PRK", "KOR", "USA", "CHN", "JPN", "RUS"].includes(p.seat)),
  arenas: CROWD.arenas.filter((a) => ["six_party", "sunshine"].includes(a.name)),
};

const corners = { T: 3, R: 4, P: 2, S: 0 };
const BARE: Scenario = {
  ...common,
  name: "stag_hunt",
  title: "Stag Hunt",
  rounds: 10,
  players: players(["ROW", "Row", "Sits on the left."], ["COLUMN", "Column", "Sits on the right."]),
  arenas: [
    {
      name: "game",
      title: "Stag Hunt",
      about: "Two hunters: a stag needs both, a hare needs one.",
      domain: "security",
      members: ["ROW", "COLUMN"],
      game: { type: "bimatrix", row: corners, column: corners },
      exclusive: 0,
      overrides: [],
      grounds: [],
    },
  ],
};

const SCENARIOS = { sea: SEA, crowd: CROWD, korea: KOREA, bare: BARE };
export type FixtureName = keyof typeof SCENARIOS;

/** A small generator, so that pictures are the same each time (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function playRound(
  scenario: Scenario,
  round: number,
  at_ms: number,
  random: () => number,
): RoundResolved {
  const gains: Record<string, number> = Object.fromEntries(
    scenario.players.map((p) => [p.seat, 0]),
  );
  const results: ArenaResult[] = scenario.arenas.map((arena) => {
    const profile: Action[] = arena.members.map(() => (random() < 0.62 ? "C" : "D"));
    const sources: OrderSource[] = arena.members.map(() =>
      random() < 0.85 ? "ordered" : round > 1 ? "repeated" : "defaulted",
    );
    const paid = payoffs(arena.game, profile);
    arena.members.forEach((seat, i) => (gains[seat] = gains[seat]! + paid[i]!));
    return {
      arena: arena.name,
      actions: Object.fromEntries(arena.members.map((seat, i) => [seat, profile[i]!])),
      sources: Object.fromEntries(arena.members.map((seat, i) => [seat, sources[i]!])),
      payoffs: Object.fromEntries(arena.members.map((seat, i) => [seat, paid[i]!])),
    };
  });
  return {
    type: "round_resolved",
    round,
    results,
    gains,
    at_ms,
    incidents: incidentsOf(scenario, round),
    standing: BLANK,
    sightings: [],
    breaches: [],
    settlements: {},
    pacts: [],
    moves: [],
    effects: [],
  };
}

function incidentsOf(scenario: Scenario, round: number): RoundResolved["incidents"] {
  const [a, b, c] = scenario.players.map((p) => p.seat) as [string, string, string?];
  if (round % 4 !== 0 || !c) return [];
  const figures = { dependency: 0.6, cost: 1.2 };
  return [
    {
      concept: "abandonment",
      round,
      seats: [b, a],
      arena: null,
      figures,
      explanation: "incident.abandonment",
      cost: 1.2,
    },
    {
      concept: "crisis",
      round,
      seats: [a, c],
      arena: null,
      figures: {},
      explanation: "incident.crisis",
      cost: 0,
    },
  ];
}

function talk(scenario: Scenario, round: number, at: number): GameEvent[] {
  const [a, b, c] = scenario.players.map((p) => p.seat) as [string, string, string?];
  const said = (
    sender: string | null,
    room: string[],
    text: string,
    act: "propose" | "promise" | "threaten" | "assure" | null,
    later: number,
  ): GameEvent => ({
    type: "message_said",
    round,
    sender,
    room,
    text,
    act,
    speaker: null,
    at_ms: at + later,
  });
  const lines = [
    said(a, [], "We are ready to sign if all of you hold back this round.", "propose", 4000),
    said(b, [], "We shall hold back, and we expect the same.", "promise", 9000),
    said(b, [a, b], "Between us: no more rammings, or the treaty speaks.", "threaten", 14000),
    said(a, [a, b], "Understood. Nothing will be built while we talk.", "assure", 19000),
    said(null, [], "Two minutes are left for talk.", null, 24000),
  ];
  if (c)
    lines.splice(
      2,
      0,
      said(c, [], "ہم اس ضابطے کی حمایت کرتے ہیں، بشرطیکہ سب اس پر عمل کریں۔", "assure", 12000),
    );
  return lines;
}

/** A log up to a phase of a round. */
export function log(
  name: FixtureName,
  upTo: { round: number; phase: "lobby" | "negotiation" | "decision" | "reveal" | "debrief" },
  me: string | null,
): GameEvent[] {
  const scenario = SCENARIOS[name];
  const random = chance(7);
  let at = START;
  const events: GameEvent[] = [
    {
      type: "match_created",
      rules_version: 1,
      scenario,
      seed: null,
      pace: 1,
      at_ms: at,
      standing: BLANK,
    },
  ];
  scenario.players.forEach((player, i) => {
    if (upTo.phase === "lobby" && i > 2) return;
    at += 500;
    if (player.seat === me || i % 3 === 0) {
      events.push({
        type: "seat_taken",
        seat: player.seat,
        person: `p${i}`,
        name: i === 0 ? "Amina Siddiqui" : "Tomasz",
        at_ms: at,
      });
    } else events.push({ type: "bot_seated", seat: player.seat, strategy: null, at_ms: at });
  });
  if (upTo.phase === "lobby") return events;
  const open = (round: number, phase: "briefing" | "negotiation" | "decision" | "reveal") => {
    const seconds = scenario.seconds[phase];
    events.push({
      type: "phase_opened",
      round,
      phase,
      at_ms: at,
      deadline_ms: at + seconds * 1000,
    });
  };
  open(0, "briefing");
  for (let round = 1; round <= upTo.round; round += 1) {
    const isLast = round === upTo.round;
    at += 20_000;
    open(round, "negotiation");
    events.push(...talk(scenario, round, at));
    at += 30_000;
    if (isLast && upTo.phase === "negotiation") break;
    open(round, "decision");
    if (isLast && upTo.phase === "decision") break;
    at += 40_000;
    events.push(playRound(scenario, round, at, random));
    open(round, "reveal");
  }
  if (upTo.phase === "debrief")
    events.push({ type: "match_ended", reason: "rounds_played", seed: "7", at_ms: at + 1 });
  return events;
}

export function positionOf(events: readonly GameEvent[]): Position {
  const position = fold(events);
  if (!position) throw new Error("an empty log has no position");
  return position;
}
