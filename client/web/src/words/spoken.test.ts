// @vitest-environment jsdom
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { BREACH, TREATY, chosen, opens, resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, OrderSource, RoundResolved } from "../wire/types.ts";
import { ONLOOKER, spokenOf } from "./spoken.ts";
import type { Ear } from "./story.ts";

const CHINA: Ear = { seat: "CHN", person: "ann", name: "Ann" };
const MATE: Ear = { seat: "CHN", person: "bo", name: "Bo" };
const MANILA: Ear = { seat: "PHL", person: "cy", name: "Cy" };
const at_ms = 9;
const SEATED: GameEvent[] = [
  created(scenario()),
  { type: "seat_taken", seat: "CHN", person: "ann", name: "Ann", at_ms },
  { type: "delegate_joined", seat: "CHN", person: "bo", name: "Bo", at_ms },
  opens(1, "negotiation"),
];
const MADE: GameEvent = {
  type: "proposal_made",
  round: 1,
  number: 7,
  proposer: "CHN",
  terms: TREATY,
  at_ms,
};

/** China cooperates, and the Philippines gains from it. */
function played(parts: Partial<RoundResolved>, source: OrderSource = "ordered"): GameEvent {
  const payoffs = { CHN: 0, PHL: 5 };
  const sources = { CHN: "ordered", PHL: source } as const;
  const results = [chosen({ CHN: "C", PHL: "D" }, { sources, payoffs })];
  return resolved(1, { results, gains: payoffs, ...parts });
}

/** What the last of some events sounds like. */
function heard(ear: Ear, ...events: GameEvent[]): string | null {
  const log = [...SEATED, ...events];
  return spokenOf(log.at(-1)!, fold(log)!, ear, log);
}

const answered = (seat: string, accepts: boolean): GameEvent => ({
  type: "proposal_answered",
  round: 1,
  number: 7,
  parties: TREATY.parties,
  seat,
  accepts,
  at_ms,
});

test("a proposal is told to its parties as theirs, and to its maker as made", () => {
  const terms = "Treaty: The talks, 1 round.";
  expect(heard(CHINA, MADE)).toBe(`Your proposal is sent. ${terms}`);
  expect(heard(MANILA, MADE)).toBe(`China proposes a pact to you. ${terms}`);
  expect(heard(ONLOOKER, MADE)).toBe(`China proposes a pact. ${terms}`);
});

test("an answer says whose it is and to whose proposal", () => {
  expect(heard(CHINA, MADE, answered("PHL", true))).toBe("The Philippines agrees to a proposal.");
  expect(heard(MANILA, MADE, answered("PHL", true))).toBe("You have accepted.");
  expect(heard(CHINA, MADE, answered("PHL", false))).toBe(
    "The Philippines declines your proposal. Treaty: The talks, 1 round.",
  );
  expect(heard(ONLOOKER, MADE, answered("PHL", false))).toBe(
    "The Philippines declines the proposal of China. Treaty: The talks, 1 round.",
  );
  expect(heard(MANILA, MADE, answered("PHL", false))).toBe("You have declined.");
  expect(heard(MANILA, MADE, answered("CHN", false))).toBe("China withdraws a proposal.");
});

test("a counter is told once to its maker, and its terms to the others", () => {
  const countered: GameEvent = {
    type: "proposal_countered",
    round: 1,
    number: 7,
    parties: TREATY.parties,
    seat: "PHL",
    counter: 8,
    at_ms,
  };
  const next: GameEvent = { ...MADE, number: 8, proposer: "PHL" } as GameEvent;
  expect(heard(CHINA, MADE, countered)).toBe("The Philippines counters your proposal.");
  expect(heard(MANILA, MADE, countered)).toBe("Your counter-proposal is sent.");
  expect(heard(CHINA, MADE, countered, next)).toContain("The Philippines proposes a pact to you.");
  expect(heard(MANILA, MADE, countered, next)).toBeNull();
});

test("words of a mate of the same seat are read out, one's own only acknowledged", () => {
  const said: GameEvent = {
    type: "message_said",
    round: 1,
    sender: "CHN",
    room: ["CHN"],
    text: "The pen?",
    act: null,
    at_ms,
    speaker: "Bo",
  };
  expect(heard(CHINA, said)).toBe("Bo of your delegation, to the facilitator only: The pen?");
  expect(heard(MATE, said)).toBe("Sent.");
  const promised: GameEvent = { ...said, room: [], act: "promise", speaker: "Ann" };
  expect(heard(MANILA, promised)).toBe("China, Everyone, promises: The pen?");
  const line: GameEvent = { ...said, room: ["CHN"], speaker: null };
  expect(heard(ONLOOKER, line)).toBe("China, to the facilitator only: The pen?");
  const told: GameEvent = { ...line, sender: null };
  expect(heard(CHINA, told)).toBe("Facilitator, to you only: The pen?");
  const aside: GameEvent = { ...said, room: ["CHN", "PHL"], speaker: null };
  expect(heard(MANILA, aside)).toBe("China, to you only: The pen?");
});

test("a pen that passes means something else to each", () => {
  const passed: GameEvent = { type: "pen_passed", seat: "CHN", person: "bo", at_ms };
  expect(heard(MATE, passed)).toBe("You hold the pen now: you choose for China.");
  expect(heard(CHINA, passed)).toContain("Bo holds the pen of China now.");
  expect(heard(MANILA, passed)).toBe("Bo now holds the pen of China.");
});

test("the reveal tells pledges kept and broken, and what one gained", () => {
  const concluded: GameEvent = {
    type: "pact_concluded",
    round: 1,
    pact: { number: 7, terms: TREATY, first_round: 1, last_round: 1, breakers: [] },
    at_ms,
  };
  const breaches = [{ ...BREACH, pact: 7, seat: "PHL" }];
  const words = heard(MANILA, MADE, concluded, played({ breaches }));
  expect(words).toContain("China kept a pact in The talks.");
  expect(words).toContain("You broke a pact in The talks.");
  expect(words).toContain("You gained +5");
  expect(heard(CHINA, MADE, concluded, played({ breaches }))).toContain(
    "You kept a pact in The talks.",
  );
});

test("what is read aloud calls the listener you", () => {
  const concluded: GameEvent = {
    type: "pact_concluded",
    round: 1,
    pact: { number: 7, terms: TREATY, first_round: 1, last_round: 1, breakers: [] },
    at_ms,
  };
  expect(heard(MANILA, MADE, concluded)).toContain("A pact is concluded between you and China.");
  const revealed = heard(MANILA, MADE, concluded, played({}));
  expect(revealed).toContain("The talks: China cooperated and you defected.");
  expect(revealed).toContain("The pact between you and China has ended.");
  expect(heard(ONLOOKER, MADE, concluded, played({}))).toContain(
    "The talks: China cooperated and the Philippines defected.",
  );
});

test("who is ready is told where it is shown", () => {
  const ready: GameEvent = {
    type: "ready_set",
    round: 1,
    phase: "negotiation",
    seat: "PHL",
    is_ready: true,
    at_ms,
  };
  expect(heard(CHINA, ready)).toBe("The Philippines is ready.");
  expect(heard(MANILA, ready)).toBe("You are ready.");
});

test("a choice of the facilitator's is told as that", () => {
  const order: GameEvent = {
    type: "order_saved",
    round: 1,
    seat: "CHN",
    actions: { talks: "C" },
    at_ms,
    sources: { talks: "facilitator" },
  };
  expect(heard(CHINA, order)).toBe(
    "The facilitator chose for you. The talks: locked in, Cooperate.",
  );
  expect(heard(MANILA, order)).toBeNull();
});

test("what nobody chose is told as that, not as a deed", () => {
  const words = heard(MANILA, played({}, "defaulted"));
  expect(words).toContain("China cooperated");
  expect(words).toContain("you chose nothing: counted as Defect");
  expect(words).not.toContain("defected");
});
