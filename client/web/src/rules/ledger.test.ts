import { describe, expect, test } from "vitest";
import { auditOf } from "./audit.ts";
import { binds, ledgerOf, pledgesOn } from "./ledger.ts";
import { BREACH, TREATY, chosen, resolved, saved } from "./sample-events.ts";
import { created, scenario } from "./samples.ts";
import type {
  Action,
  GameEvent,
  MessageSaid,
  OrderSource,
  Pact,
  PactTerms,
  RoundResolved,
} from "../wire/types.ts";

const TERMS: PactTerms = { ...TREATY, rounds: 2, binding: "escrow", stake: 2.5 };
const PACT: Pact = { number: 7, terms: TERMS, first_round: 1, last_round: 2, breakers: [] };

const concluded = (pact: Pact = PACT): GameEvent => ({
  type: "pact_concluded",
  round: 1,
  pact,
  at_ms: 1,
});
const says = (act: "promise" | "threaten", room: string[]): MessageSaid => ({
  type: "message_said",
  round: 1,
  sender: "CHN",
  room,
  text: "We will hold back.",
  act,
  at_ms: 2,
  speaker: null,
});

function played(
  round: number,
  actions: Record<string, Action>,
  pacts: Pact[],
  isForced = false,
): RoundResolved {
  const sources: Record<string, OrderSource> = {
    CHN: isForced ? "executed" : "ordered",
    PHL: "ordered",
  };
  const breaches = Object.entries(actions)
    .filter(([, action]) => action === "D")
    .map(([seat]) => ({ ...BREACH, pact: 7, seat, forfeited: 2.5 }));
  return resolved(round, { results: [chosen(actions, { sources })], breaches, pacts });
}

const CC = { CHN: "C", PHL: "C" } as const;
const DC = { CHN: "D", PHL: "C" } as const;

describe("the ledger", () => {
  test("enters every pledge of every round that it bound, kept or broken", () => {
    const after = { ...PACT, breakers: ["CHN"] };
    const { stories, accounts } = ledgerOf([
      created(scenario()),
      concluded(),
      played(1, DC, [after]),
      played(2, CC, []),
    ]);
    expect(
      stories[0]!.rows.map(({ round, seat, outcome, done }) => [round, seat, outcome, done]),
    ).toEqual([
      [1, "CHN", "broken", "D"],
      [1, "PHL", "kept", "C"],
      [2, "CHN", "kept", "C"],
      [2, "PHL", "kept", "C"],
    ]);
    expect(accounts["CHN"]).toEqual({ kept: 1, broken: 1, executed: 0, forfeited: 2.5 });
    expect(stories[0]!.isOver).toBe(true);
  });

  test("holds a pact that lasted one round, which no position remembers", () => {
    const short = { ...PACT, last_round: 1 };
    expect(ledgerOf([concluded(short), played(1, CC, [])]).stories[0]!.rows).toHaveLength(2);
  });

  test("a pledge that the engine played is not counted as kept", () => {
    expect(ledgerOf([concluded(), played(1, CC, [PACT], true)]).accounts["CHN"]).toMatchObject({
      kept: 0,
      executed: 1,
    });
  });

  test("an arena that was not played breaks and keeps nothing", () => {
    const elsewhere = { ...played(1, CC, [PACT]), results: [] };
    expect(ledgerOf([concluded(), elsewhere]).accounts).toEqual({});
  });

  test("a breach in the engine's words counts even where fog showed the pledged action", () => {
    const foggy = { ...played(1, DC, []), results: played(1, CC, []).results };
    expect(ledgerOf([concluded(), foggy]).stories[0]!.rows[0]).toMatchObject({
      outcome: "broken",
      done: "D",
    });
  });
});

describe("a pact binds", () => {
  const conditional = { ...PACT, terms: { ...TERMS, is_conditional: true }, breakers: ["CHN"] };

  test("from its first to its last round", () => {
    expect([0, 1, 2, 3].map((round) => binds(PACT, "CHN", round))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("on condition, only the one who broke it", () => {
    expect([binds(conditional, "CHN", 2), binds(conditional, "PHL", 2)]).toEqual([true, false]);
    expect(pledgesOn([conditional], "talks", 2).map(({ pledge }) => pledge.seat)).toEqual(["CHN"]);
  });
});

describe("the audit", () => {
  test("sets a pledge beside the drafts and the deed", () => {
    const log = [
      concluded(),
      saved("CHN", "C"),
      saved("CHN", "C"),
      saved("CHN", "D"),
      played(1, DC, [PACT]),
    ];
    const [mine] = auditOf(log);
    expect(mine).toMatchObject({ round: 1, seat: "CHN", verdict: "broken" });
    expect(mine!.deeds).toEqual([
      { arena: "talks", drafts: ["C", "D"], expected: [], done: "D", source: "ordered" },
    ]);
  });

  test("names what partners expected, by their last note", () => {
    const guess = (seat: string, actions: Record<string, Action>): GameEvent => ({
      type: "forecast_saved",
      round: 1,
      seat,
      arena: "talks",
      actions,
      at_ms: 2,
    });
    const log = [
      concluded(),
      guess("PHL", { CHN: "C" }),
      guess("PHL", { CHN: "D", PHL: "C" }),
      guess("CHN", { CHN: "C" }),
      played(1, DC, [PACT]),
    ];
    expect(auditOf(log)[0]!.deeds[0]!.expected).toEqual([{ seat: "PHL", action: "D" }]);
  });

  test("drafts belong to their round alone", () => {
    const rows = auditOf([
      concluded(),
      saved("CHN", "D"),
      played(1, CC, [PACT]),
      played(2, CC, []),
    ]);
    expect(rows.filter(({ seat }) => seat === "CHN").map(({ deeds }) => deeds[0]!.drafts)).toEqual([
      ["D"],
      [],
    ]);
  });

  test("promised words stand without a verdict, threats do not stand at all", () => {
    const rows = auditOf([
      says("promise", ["CHN", "PHL"]),
      says("threaten", []),
      played(1, CC, []),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ seat: "CHN", verdict: null });
    expect(rows[0]!.deeds.map(({ arena, done }) => [arena, done])).toEqual([["talks", "C"]]);
  });

  test("a sentence is about the arena that it names, and no other", () => {
    const promise: MessageSaid = {
      ...says("promise", []),
      sentence: "promise",
      arguments: { arena: "talks", action: "C", round: 1 },
    };
    const two = played(1, CC, []);
    const elsewhere = { ...two.results[0]!, arena: "trade" };
    const both = { ...two, results: [elsewhere, ...two.results] };
    const arenas = (said: MessageSaid) => auditOf([said, both])[0]!.deeds.map(({ arena }) => arena);
    expect(arenas(says("promise", []))).toEqual(["trade", "talks"]);
    expect(arenas(promise)).toEqual(["talks"]);
  });

  test("words in a room are about what speaker and listeners share", () => {
    expect(auditOf([says("promise", ["CHN", "VNM"]), played(1, CC, [])])[0]!.deeds).toEqual([]);
  });
});
