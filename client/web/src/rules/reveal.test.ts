/** What a reveal tells: its headline, the order of its choices, its guesses and its question. */
import { expect, test } from "vitest";
import type { Breach, Concept, Incident, Position, RoundResolved } from "../wire/types.ts";
import { guessesOf, type Guess } from "./guesses.ts";
import { headlineOf } from "./headline.ts";
import { QUESTIONS, questionOf } from "./question.ts";
import { BREACH as CHINAS } from "./sample-events.ts";
import { scenario, summit } from "./samples.ts";
import { tilesInOrder } from "./surprise.ts";
import type { WhatIf } from "./what-if.ts";

const BREACH: Breach = { ...CHINAS, seat: "PHL" };
const WORD: Breach = { ...BREACH, is_public: false };
const GUESS: Guess = {
  by: "CHN",
  of: "PHL",
  arena: "talks",
  expected: "C",
  done: "D",
  isRight: false,
};

function incident(concept: Concept, ...seats: string[]): Incident {
  return { concept, round: 1, seats, arena: null, figures: {}, explanation: "", cost: 0 };
}

function round(parts: Partial<RoundResolved> = {}): RoundResolved {
  const results = [{ arena: "talks", actions: { CHN: "C", PHL: "D" }, sources: {}, payoffs: {} }];
  const plain = { round: 1, results, gains: { CHN: 0, PHL: 5 }, breaches: [], incidents: [] };
  return { ...plain, ...parts } as unknown as RoundResolved;
}

/** From what matters most to what matters least. */
const STEPS: readonly [string, Partial<RoundResolved>, readonly Guess[]][] = [
  ["breach treaty", { breaches: [BREACH] }, []],
  ["breach word", { breaches: [WORD] }, []],
  ["incident brink", { incidents: [incident("brink", "CHN", "PHL")] }, []],
  ["incident crisis", { incidents: [incident("crisis", "CHN", "PHL")] }, []],
  ["incident spiral", { incidents: [incident("spiral", "CHN", "PHL")] }, []],
  ["incident abandonment", { incidents: [incident("abandonment", "CHN", "PHL")] }, []],
  ["incident entrapment", { incidents: [incident("entrapment", "CHN", "PHL")] }, []],
  ["surprise", {}, [GUESS]],
  ["incident leverage", { incidents: [incident("leverage", "CHN", "PHL")] }, []],
  ["incident fragmentation", { incidents: [incident("fragmentation")] }, []],
  ["gain", {}, []],
];

function named(parts: Partial<RoundResolved>, guesses: readonly Guess[]): string {
  const headline = headlineOf(round(parts), guesses, null);
  if (headline.is === "breach") return `breach ${headline.breach.is_public ? "treaty" : "word"}`;
  return headline.is === "incident" ? `incident ${headline.incident.concept}` : headline.is;
}

test("a treaty before a crisis before an ally before a surprise before a payoff", () => {
  STEPS.forEach(([heavy, first, guesses], i) => {
    for (const [, second, more] of STEPS.slice(i)) {
      const parts = {
        breaches: [...(second.breaches ?? []), ...(first.breaches ?? [])],
        incidents: [...(second.incidents ?? []), ...(first.incidents ?? [])],
      };
      expect(named(parts, [...more, ...guesses])).toBe(heavy);
    }
  });
});

test("of equals the reader's own comes first, then the higher stake", () => {
  const far = { ...BREACH, parties: ["VNM", "MYS"], seat: "VNM", forfeited: 9 };
  const dear = { ...BREACH, forfeited: 2 };
  const told = (breaches: Breach[], mine: string | null) => {
    const headline = headlineOf(round({ breaches }), [], mine);
    return headline.is === "breach" ? headline.breach : null;
  };
  expect(told([far, BREACH, dear], "CHN")).toBe(dear);
  expect(told([BREACH, far, dear], null)).toBe(far);
  const crises = [incident("crisis", "USA", "RUS"), incident("crisis", "CHN", "PHL")];
  expect(headlineOf(round({ incidents: crises }), [], "PHL")).toEqual({
    is: "incident",
    incident: crises[1],
  });
});

test("without more, the choices and the gains are told", () => {
  const played = (CHN: "C" | "D", PHL: "C" | "D") =>
    headlineOf(
      round({ results: [{ arena: "talks", actions: { CHN, PHL }, sources: {}, payoffs: {} }] }),
      [],
      null,
    );
  expect([played("C", "C").is, played("D", "D").is]).toEqual(["together", "apart"]);
  expect(played("C", "D")).toEqual({ is: "gain", seats: ["PHL"], points: 5 });
});

test("forecasts of this round are compared with what was seen, in arenas that were played", () => {
  const saved = (seat: string, number: number, arena: string) =>
    ({
      type: "forecast_saved",
      round: number,
      seat,
      arena,
      actions: { PHL: "C" },
      at_ms: 1,
    }) as const;
  const forecasts = [saved("CHN", 1, "talks"), saved("CHN", 2, "talks"), saved("CHN", 1, "gone")];
  const at = { forecasts: [...forecasts, saved("VNM", 1, "talks")] } as Pick<Position, "forecasts">;
  expect(guessesOf(at, round(), "CHN")).toEqual([GUESS]);
  expect(guessesOf(at, round(), null).map(({ by }) => by)).toEqual(["CHN", "VNM"]);
});

test("my own choices are shown first, and the most surprising last", () => {
  const { arenas } = summit();
  const deeds: Record<string, "C" | "D"> = { CHN: "C", USA: "D", AUS: "C", RED: "C" };
  const results = arenas.map(({ name, members }) => {
    const actions = Object.fromEntries(members.map((seat) => [seat, deeds[seat]!]));
    return { arena: name, actions, sources: {}, payoffs: {} };
  });
  const breach = { ...BREACH, seat: "AUS", arena: "summit" };
  const wrong = { ...GUESS, of: "RED", arena: "summit" };
  const order = tilesInOrder(arenas, round({ results, breaches: [breach] }), [wrong], "CHN");
  expect(order[0]).toBe("summit CHN");
  expect(order.slice(-4)).toEqual(["summit USA", "quad USA", "summit RED", "summit AUS"]);
  expect(order).toHaveLength(4 + 3 + 2);
  const plain = scenario().arenas;
  expect(tilesInOrder(plain, round(), [], null)).toEqual(["talks CHN", "talks PHL"]);
});

test("the question follows what happened, and each can be asked", () => {
  const other = (action: "C" | "D", gain: number, name = "talks") =>
    ({ action, gain, arena: { name } }) as WhatIf;
  const asked = (
    parts: Partial<RoundResolved>,
    whatIfs: readonly WhatIf[] = [],
    mine: string | null = "CHN",
    guesses: readonly Guess[] = [],
  ) => questionOf(headlineOf(round(parts), guesses, mine), round(parts), whatIfs, mine);
  const of = (concept: Concept) => asked({ incidents: [incident(concept, "CHN", "PHL")] });
  const all = (action: "C" | "D") =>
    asked({ results: [{ arena: "talks", actions: { CHN: action }, sources: {}, payoffs: {} }] });
  const found = [
    asked({ breaches: [BREACH] }, [other("C", 4)], "PHL"),
    asked({ breaches: [BREACH] }, [other("C", 6)], "PHL"),
    asked({ breaches: [BREACH] }),
    asked({ breaches: [BREACH] }, [], "VNM"),
    of("brink"),
    of("abandonment"),
    asked({}, [], "CHN", [GUESS]),
    of("leverage"),
    of("fragmentation"),
    all("C"),
    all("D"),
    asked({}, [other("D", 1), other("C", -0.5)]),
    asked({}, [other("C", 1)]),
    asked({}, [other("C", -1)]),
  ];
  expect(found).toEqual(QUESTIONS);
  expect(asked({ breaches: [BREACH] }, [], null)).toBe("witnessed");
  expect(asked({ breaches: [BREACH] }, [], "PHL")).toBe("broke");
  expect(asked({}, [other("D", 1), other("D", -1)])).toBe("mixed");
  expect(asked({}, [other("D", 1), other("C", 1)])).toBe("mixed");
});
