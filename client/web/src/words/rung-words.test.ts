import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { created, summit, summitInForce, WARY } from "../rules/samples.ts";
import type {
  Action,
  Arena,
  Incident,
  Phase,
  Position,
  RivalPair,
  RoundResolved,
  Standing,
} from "../wire/types.ts";
import { rungSince, rungsLate, rungTold } from "./rung-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const PAIR = ["CHN", "USA"] as const;
const [SUMMIT, ...BLOCS] = summitInForce() as [Arena, ...Arena[]];
const STRAINED: Arena = { ...SUMMIT, changes: [WARY] };
const CRISIS: Arena = { ...SUMMIT, name: "crisis_chn_usa", members: PAIR };

type Rung = Pick<RivalPair, "tension" | "rung">;

/** What is said of China and the United States after a round in which both did the same in the Summit. */
function said(was: Rung | Arena, is: Rung | Arena, action: Action, incidents: Incident[] = []) {
  const standing = (rung: Rung | Arena) => ({
    ...created(SCENE).standing,
    rivals: "name" in rung ? [] : [{ seats: PAIR, is_in_crisis: false, arming_rounds: 0, ...rung }],
  });
  const arenas = (rung: Rung | Arena) => ("name" in rung ? [rung, ...BLOCS] : SCENE.arenas);
  const start = fold([created(SCENE)])!;
  const before = {
    ...start,
    rules_version: 2,
    standing: standing(was),
    arenas: arenas(was),
    scenario: { ...SCENE, arenas: SCENE.arenas },
  };
  const actions = { CHN: action, USA: action };
  const round = {
    round: 1,
    results: [{ arena: "summit", actions, sources: {}, payoffs: {} }],
    incidents,
    standing: standing(is),
  } as unknown as RoundResolved;
  const told = { before, round, mine: "AUS", nameOf: seatNames(SCENE) };
  return rungTold(told, { ...SCENE, arenas: arenas(is) }, PAIR);
}

test("a pair on another rung is told why, with its tension where that is known", () => {
  const [calm, strained] = [
    { tension: 0.4, rung: 0 },
    { tension: 0.58, rung: 1 },
  ];
  expect(said(calm, strained, "D")).toBe(
    "China and the United States: calm (40%), now strained (58%), because both defected wherever the two met.",
  );
  expect(said(strained, { tension: 0.64, rung: 1 }, "D")).toBeNull();
});

test("in fog it is told by what was seen, and where that does not fit, that fog hid why", () => {
  expect(said(SUMMIT, STRAINED, "D")).toBe(
    "China and the United States: calm, now strained, because both defected wherever the two met, as far as you know.",
  );
  expect(said(SUMMIT, STRAINED, "C")).toBe(
    "China and the United States: calm, now strained. Fog hid from you why.",
  );
  expect(said(STRAINED, SUMMIT, "C")).toContain("strained, now calm, because both cooperated");
});

test("in fog the rungs of a round stay until the next one opens, and the page says so", () => {
  const start = { ...fold([created(SCENE)])!, rules_version: 2, arenas: [SUMMIT, ...BLOCS] };
  const late = (rivals: readonly RivalPair[], phase: Phase = "reveal", number = 1) => {
    const standing = { ...start.standing, rivals };
    const parts = { round: number, results: [], incidents: [], standing };
    const round = parts as unknown as RoundResolved;
    const told = { before: start, round, mine: null, nameOf: seatNames(SCENE) };
    return rungsLate(told, { ...SCENE, arenas: start.arenas }, phase);
  };
  expect(late([])).toContain("the rungs here are those of round 1");
  expect(late([], "negotiation")).toBe("");
  expect(late([])).toContain("The next round shows");
  expect(late([], "reveal", SCENE.rounds)).toContain("The replay shows");
  const known = { seats: PAIR, tension: 0.3, rung: 0, is_in_crisis: false, arming_rounds: 0 };
  expect(late([known])).toBe("");
});

test("a crisis is told with the round that began it, before its arena opens", () => {
  const crisis = { concept: "crisis", seats: ["USA", "CHN"] } as unknown as Incident;
  expect(said(STRAINED, STRAINED, "D")).toBeNull();
  expect(said(STRAINED, STRAINED, "D", [crisis])).toContain("strained, now crisis, because both");
});

test("the brink comes of both pressing, and is left by one who steps back", () => {
  const [crisis, brink] = [
    { tension: 0.9, rung: 2 },
    { tension: 0.95, rung: 3 },
  ];
  expect(said(crisis, brink, "D")).toContain("because both pressed on in their crisis.");
  expect(said(brink, crisis, "D")).toContain("because one of the two stepped back in the crisis.");
  expect(said(CRISIS, SUMMIT, "C")).toContain("crisis, now calm, because both cooperated");
});

test("a rung that stays is told with the round that brought it, or as that of the start", () => {
  const at = (tension: number, rung: number) => ({
    ...created(SCENE).standing!,
    rivals: [{ seats: PAIR, tension, rung, is_in_crisis: false, arming_rounds: 0 }],
  });
  const results = [{ arena: "summit", actions: { CHN: "D", USA: "D" }, sources: {}, payoffs: {} }];
  const round = (number: number, standing: Standing) =>
    ({ round: number, results, incidents: [], standing }) as unknown as RoundResolved;
  const since = (first: Standing) => {
    const rounds = [round(1, at(0.58, 1)), round(2, at(0.64, 1)), round(3, at(0.7, 1))] as const;
    const before = (number: number): Position => ({
      ...fold([created(SCENE)])!,
      rules_version: 2,
      history: rounds.slice(0, number - 1),
      standing: number === 1 ? first : rounds[number - 2]!.standing,
    });
    const told = { before: before(3), round: rounds[2], mine: "AUS", nameOf: seatNames(SCENE) };
    return rungSince(told, SCENE, PAIR, (of) => before(of.round));
  };
  expect(since(at(0.4, 0))).toBe(
    "Since round 1. China and the United States: calm (40%), now strained (58%), because both defected wherever the two met.",
  );
  expect(since(at(0.55, 1))).toBe("So since the match began.");
});
