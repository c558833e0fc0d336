// @vitest-environment jsdom
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { BREACH, TREATY, chosen, opens, resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, Inject } from "../wire/types.ts";
import wire from "../wire/wire.ts?raw";
import { spokenOf } from "./spoken.ts";
import { linesFor, storyOf, type Ear } from "./story.ts";

const EAR: Ear = { seat: "PHL", person: "cy", name: "Cy" };
const at_ms = 9;
const round = 1;
const NEWS: Inject = {
  name: "storm",
  title: "A storm",
  text: "Boats stay in port.",
  rounds: 1,
  effects: [],
  round: null,
};
const TALKS = scenario().arenas[0]!;

const made = (number: number, proposer: string): GameEvent => ({
  type: "proposal_made",
  round,
  number,
  proposer,
  terms: TREATY,
  at_ms,
});
const PACT = { number: 9, terms: TREATY, first_round: 1, last_round: 1, breakers: [] };
const payoffs = { CHN: 0, PHL: 5 };
const sources = { CHN: "ordered", PHL: "ordered" } as const;
const RESOLVED = resolved(round, {
  results: [chosen({ CHN: "C", PHL: "D" }, { sources, payoffs })],
  gains: payoffs,
  breaches: [{ ...BREACH, pact: 9, seat: "PHL" }],
  moves: [
    {
      seat: "CHN",
      move: { kind: "fund", arena: "talks", other_arena: null, seats: [] },
      cost: 1,
      takes_effect: true,
      audience: [],
    },
  ],
});

/** An example of every kind of event, with what has to come before it. */
const EXAMPLES: { [type in GameEvent["type"]]: readonly GameEvent[] } = {
  match_created: [],
  seat_taken: [{ type: "seat_taken", seat: "CHN", person: "ann", name: "Ann", at_ms }],
  bot_seated: [{ type: "bot_seated", seat: "CHN", strategy: "tit_for_tat", at_ms }],
  seat_vacated: [{ type: "seat_vacated", seat: "CHN", at_ms }],
  arena_opened: [{ type: "arena_opened", round, arena: { ...TALKS, name: "more" }, at_ms }],
  arena_closed: [{ type: "arena_closed", round, arena: "talks", at_ms }],
  arena_changed: [{ type: "arena_changed", round, arena: TALKS, at_ms }],
  delegate_joined: [{ type: "delegate_joined", seat: "PHL", person: "di", name: "Di", at_ms }],
  delegate_left: [
    { type: "delegate_joined", seat: "PHL", person: "di", name: "Di", at_ms },
    { type: "delegate_left", seat: "PHL", person: "di", at_ms },
  ],
  pen_passed: [
    { type: "delegate_joined", seat: "PHL", person: "di", name: "Di", at_ms },
    { type: "pen_passed", seat: "PHL", person: "di", at_ms },
  ],
  person_removed: [{ type: "person_removed", person: "x", at_ms }],
  autopilot_engaged: [
    { type: "autopilot_engaged", seat: "PHL", strategy: "tit_for_tat", reason: "absent", at_ms },
  ],
  autopilot_released: [{ type: "autopilot_released", seat: "PHL", reason: "returned", at_ms }],
  facilitator_acted: [
    { type: "facilitator_acted", person: "eve", name: "Eve", command: "pause_match", at_ms },
  ],
  inject_opened: [
    { type: "inject_opened", round, inject: NEWS, first_round: 1, last_round: 2, at_ms },
  ],
  inject_closed: [
    { type: "inject_opened", round, inject: NEWS, first_round: 1, last_round: 2, at_ms },
    { type: "inject_closed", round, inject: "storm", at_ms },
  ],
  branched: [{ type: "branched", trunk: "t", seq: 4, deadline_ms: null, seed: null, at_ms }],
  match_superseded: [{ type: "match_superseded", branch: "b", at_ms }],
  phase_opened: [made(7, "CHN"), opens(2, "negotiation")],
  message_said: [
    {
      type: "message_said",
      round,
      sender: "CHN",
      room: [],
      text: "Yes.",
      act: null,
      at_ms,
      speaker: null,
    },
  ],
  proposal_made: [made(7, "CHN")],
  proposal_countered: [
    made(7, "CHN"),
    {
      type: "proposal_countered",
      round,
      number: 7,
      parties: TREATY.parties,
      seat: "PHL",
      counter: 8,
      at_ms,
    },
  ],
  proposal_answered: [
    made(7, "CHN"),
    {
      type: "proposal_answered",
      round,
      number: 7,
      parties: TREATY.parties,
      seat: "PHL",
      accepts: false,
      at_ms,
    },
  ],
  pact_concluded: [{ type: "pact_concluded", round, pact: PACT, at_ms }],
  order_saved: [
    { type: "order_saved", round, seat: "PHL", actions: { talks: "C" }, at_ms, sources: {} },
  ],
  move_made: [
    {
      type: "move_made",
      round,
      seat: "PHL",
      move: { kind: "fund", arena: "talks", other_arena: null, seats: [] },
      at_ms,
    },
  ],
  move_taken_back: [{ type: "move_taken_back", round, seat: "PHL", at_ms }],
  forecast_saved: [
    { type: "forecast_saved", round, seat: "PHL", arena: "talks", actions: { CHN: "C" }, at_ms },
  ],
  recommendation_given: [
    { type: "recommendation_given", round, seat: "PHL", arena: "talks", action: "C", at_ms },
  ],
  ready_set: [
    { type: "ready_set", round, phase: "negotiation", seat: "CHN", is_ready: true, at_ms },
  ],
  round_resolved: [{ type: "pact_concluded", round, pact: PACT, at_ms }, RESOLVED],
  match_paused: [{ type: "match_paused", at_ms }],
  match_resumed: [{ type: "match_resumed", at_ms, deadline_ms: null }],
  deadline_moved: [{ type: "deadline_moved", deadline_ms: 20, reason: "extended", at_ms }],
  match_ended: [made(7, "CHN"), { type: "match_ended", reason: "rounds_played", seed: "s", at_ms }],
};

/** What is read aloud and stands on the screen elsewhere than in the log of talk. */
const ELSEWHERE: Readonly<Partial<Record<GameEvent["type"], string>>> = {
  message_said: "the log itself, as a message",
  facilitator_acted: "the console",
  order_saved: "the card of the arena",
  move_made: "the bar of moves; revealed with the round, it has a line",
  move_taken_back: "the bar of moves",
  forecast_saved: "the row of the forecast",
  recommendation_given: "the card of the arena",
  ready_set: "the button, and who is waited for",
  match_paused: "the clock",
  match_resumed: "the clock",
  deadline_moved: "the clock",
};

const BEFORE: readonly GameEvent[] = [
  created(scenario()),
  { type: "seat_taken", seat: "PHL", person: "cy", name: "Cy", at_ms },
  opens(1, "negotiation"),
];

/** The last of an example, read aloud and in the log. */
function told(example: readonly GameEvent[], ear: Ear = EAR) {
  const log = [...BEFORE, ...example];
  const last = log.at(-1)!;
  const after = fold(log)!;
  return { lines: linesFor(last, log, ear), spoken: spokenOf(last, after, ear, log) };
}

const KINDS = Object.keys(EXAMPLES) as (keyof typeof EXAMPLES)[];

test("every kind of event of the wire has an example here", () => {
  const union = /^export type Event = (.*);$/m.exec(wire)![1]!.split(" | ");
  const kinds = union.map((name) => {
    const body = wire.slice(wire.indexOf(`export interface ${name} {`));
    return /readonly type: "(\w+)"/.exec(body)![1];
  });
  expect(KINDS.toSorted()).toEqual(kinds.toSorted());
});

test.each(KINDS.filter((kind) => kind !== "match_created"))(
  "what is said of %s has a line in the log, or stands elsewhere",
  (kind) => {
    const { lines, spoken } = told(EXAMPLES[kind]);
    if (spoken !== null && !(kind in ELSEWHERE)) expect(lines).not.toEqual([]);
    for (const line of lines) expect(spoken).toContain(line);
  },
);

test("nothing is excused that has a line, or is not read aloud", () => {
  for (const kind of Object.keys(ELSEWHERE) as (keyof typeof EXAMPLES)[]) {
    const { lines, spoken } = told(EXAMPLES[kind]);
    expect([kind, lines, spoken !== null]).toEqual([kind, [], true]);
  }
});

test("a proposal that nobody answered lapses with its round, for the eye and the ear", () => {
  const { lines, spoken } = told([made(7, "CHN"), made(8, "PHL"), opens(2, "negotiation")]);
  expect(lines).toEqual(["The proposal of China has expired.", "Your proposal has expired."]);
  expect(spoken).toBe(`Round 2, Negotiation. ${lines.join(" ")}`);
  expect(told([made(7, "CHN"), opens(1, "decision")]).lines).toEqual([]);
});

test("the reveal leaves breaches, moves and pacts that have ended in the log", () => {
  expect(told(EXAMPLES.round_resolved).lines).toEqual([
    "China kept a pact in The talks.",
    "You broke a pact in The talks.",
    "China made a move: Fund the institution, in The talks.",
    "The pact between you and China has ended.",
  ]);
});

test("what happened before the match began is not told at the table", () => {
  const log = [...BEFORE, made(7, "CHN")];
  expect(storyOf(log, EAR).map(({ event }) => event.type)).toEqual(["proposal_made"]);
});
