import { expect, test } from "vitest";
import { callsIn } from "../rules/calls.ts";
import { summit } from "../rules/samples.ts";
import type { Action, Arena, RoundResolved } from "../wire/types.ts";
import { answerWords, callWords, priceWords } from "./call-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const nameOf = seatNames(SCENE);

/** AUKUS, in which the United States is in a crisis with China, as rules 2 leave it. */
function called(): readonly Arena[] {
  const [first, quad, aukus] = SCENE.arenas as [Arena, Arena, Arena];
  const plain = { b: 7, c: 2, e: 2, g: 2, d: 1, sigma: 0 };
  const terms = [
    { ...plain, e: 5 },
    { ...plain, c: 4.5 },
  ];
  const game = { type: "collective", weights: [0.5, 0.5], theta: 1, terms } as const;
  const change = { factor: 1 } as const;
  const changes = [
    { ...change, parameter: "e", cause: "in_crisis", seats: ["USA"], added: 3, because: [] },
    {
      ...change,
      parameter: "c",
      cause: "ally_in_crisis",
      seats: ["AUS"],
      added: 2.5,
      because: ["USA"],
    },
  ] as const;
  const crisis = { ...first, name: "crisis_chn_usa", members: ["CHN", "USA"] };
  return [first, quad, { ...aukus, game, changes }, crisis];
}

const [CALL] = callsIn(called());

test("a call is read from the terms: who is in a crisis, with whom, and whom that calls on", () => {
  expect(callsIn(called())).toHaveLength(1);
  expect(CALL).toMatchObject({ caller: "USA", called: "AUS", opponent: "CHN" });
  expect(callsIn(SCENE.arenas)).toEqual([]);
  const alone = called().slice(0, 3);
  expect(callsIn(alone)).toEqual([]);
});

test("before the choice both are told what to answer and what to refuse brings", () => {
  expect(callWords(CALL!, "AUS", nameOf)).toBe(
    "The United States calls on you, its ally, in its crisis with China.",
  );
  expect(priceWords(CALL!, "AUS", nameOf)).toEqual([
    "If the United States cooperates here, to answer (Cooperate) brings you 2.5, to refuse (Defect) 2.",
    "A refusal costs the United States 12 points, its trust in you, and your backing in the crisis.",
  ]);
  expect(callWords(CALL!, "USA", nameOf)).toContain("You call on Australia, your ally");
  expect(priceWords(CALL!, "USA", nameOf)).toEqual([
    "If you cooperate here and Australia refuses, you get −7 instead of 5.",
  ]);
  expect(callWords(CALL!, "CHN", nameOf)).toContain("calls on Australia, its ally, in its crisis");
  expect(priceWords(CALL!, "CHN", nameOf)).toEqual([]);
});

/** What is said of a round in which the two did this. */
function answered(USA: Action, AUS: Action, mine: string | null): string | null {
  const actions = { USA, AUS };
  const results = [{ arena: "aukus", actions, sources: {}, payoffs: {} }];
  return answerWords(CALL!, { round: 1, results } as unknown as RoundResolved, mine, nameOf);
}

test("afterwards everybody is told how it was answered, and what the other answer had paid", () => {
  expect(answered("C", "D", "AUS")).toBe(
    "You refused the call of the United States: 2 for you instead of 2.5, and −7 for the United States instead of 5.",
  );
  expect(answered("C", "C", "AUS")).toContain(
    "You answered the call of the United States: 2.5 for",
  );
  expect(answered("C", "D", "USA")).toBe("Australia refused your call: −7 for you instead of 5.");
  expect(answered("C", "C", "USA")).toBe("Australia answered your call: 5 for you instead of −7.");
  expect(answered("D", "D", null)).toBe(
    "Australia refused the call of the United States: −1 for it instead of −6.5, and −1 for the United States instead of 2. The United States defected there in the same round.",
  );
  expect(answerWords(CALL!, { results: [] } as unknown as RoundResolved, null, nameOf)).toBeNull();
});
