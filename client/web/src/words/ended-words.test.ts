import { expect, test } from "vitest";
import { endedIn, runOut } from "../rules/ended.ts";
import { summit, summitInForce } from "../rules/samples.ts";
import type { Arena, Cause, Effect, RoundResolved, TermChange } from "../wire/types.ts";
import { endedWords, runOutWords, shadowWords } from "./ended-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const nameOf = seatNames(SCENE);
const [SUMMIT] = summitInForce() as [Arena];

function change(cause: Cause, seats: readonly string[], because: readonly string[]): TermChange {
  return { parameter: "c", cause, seats, factor: 1, added: 1, because };
}

const LINK: Effect = {
  kind: "link",
  makers: ["USA"],
  arena: "summit",
  first_round: 1,
  last_round: 4,
  other_arena: "quad",
  members: [],
  audience: [],
};

/** What the Summit's card says to China of a change that counted last round and counts no more. */
function said(
  gone: TermChange,
  now: readonly TermChange[] = [],
  round = 3,
  mine = "CHN",
): string[] {
  const ended = endedIn({ ...SUMMIT, changes: [gone] }, { ...SUMMIT, changes: now });
  const before = { effects: [LINK], round };
  return ended.map((each) => endedWords(each, { arenas: SCENE.arenas, before, nameOf, mine }));
}

test("a shadow that is gone is told from what to what it was, once of all its blocs", () => {
  const both = { ...change("shadow", ["CHN"], ["quad", "aukus"]), added: 2.25 };
  const less = { ...change("shadow", ["CHN"], ["aukus"]), added: 0.75 };
  expect(said(both, [less])).toEqual([
    "What shadows add to the cost of cooperating for you: 2.25, now 0.75, because Quad did not hold last round.",
  ]);
  expect(said(both)).toEqual([
    "What shadows add to the cost of cooperating for you: 2.25, now 0, because Quad and AUKUS did not hold last round.",
  ]);
  expect(said(both, [both])).toEqual([]);
  expect(said(change("institution", [], []))).toEqual([]);
  expect(endedIn(undefined, SUMMIT)).toEqual([]);
});

test("wariness, calls and crises end because their reason did", () => {
  expect(said(change("wary", ["CHN", "USA"], ["CHN", "USA"]))).toEqual([
    "The wariness between you and the United States no longer counts, because you are calm again.",
  ]);
  const trade = { ...change("wary", [], ["CHN", "USA"]), parameter: "b" };
  expect(said(trade, [change("wary", ["CHN", "USA"], ["CHN", "USA"])])).toEqual([]);
  expect(said(change("ally_in_crisis", ["AUS"], ["USA"]))).toEqual([
    "The call of the United States no longer counts, because its crisis is over.",
  ]);
  expect(said(change("ally_in_crisis", ["AUS"], ["USA"]), [], 3, "USA")[0]).toContain("Your call");
  expect(said(change("in_crisis", ["USA"], []))[0]).toContain("extra loss of the United States");
  expect(said(change("in_crisis", ["USA"], []), [], 3, "USA")[0]).toContain("Your extra loss");
});

test("moves end with their rounds, a link also where nothing held", () => {
  expect(said(change("restraint", ["USA"], []))).toEqual([
    "Restraint (the United States) no longer counts, because its rounds are over.",
  ]);
  expect(said(change("exercise", [], ["USA"]))[0]).toContain("Joint exercise (the United States)");
  expect(said(change("second_source", ["CHN"], ["USA"]))[0]).toContain("Diversify (you)");
  expect(said(change("link", ["CHN"], ["quad"]))[0]).toContain("nothing held there last round.");
  expect(said(change("link", ["CHN"], ["quad"]), [], 4)[0]).toContain("its rounds are over.");
});

test("at the reveal it is told of what had its last round, unless it was made again", () => {
  const round = (effects: readonly Effect[]) => ({ round: 4, effects }) as unknown as RoundResolved;
  expect(runOut([LINK], round([{ ...LINK, last_round: 8 }]))).toEqual([]);
  const [over] = runOut([LINK, { ...LINK, last_round: 5 }], round([]));
  expect(runOutWords(over!, { arenas: SCENE.arenas, nameOf, mine: "USA" })).toBe(
    "Link two arenas (you) in The Summit no longer counts next round, because its rounds are over.",
  );
});

test("a shadow that goes is told from what to what, and where there is fog as it was seen", () => {
  const names = { arenas: SCENE.arenas, nameOf, mine: "CHN" };
  const shade = { seat: "CHN", points: 2.4, next: 0.9 };
  expect(shadowWords(["quad"], shade, { ...names, isFog: false })).toBe(
    "What shadows add to the cost of cooperating for you: 2.4, next round 0.9, because Quad did not hold.",
  );
  expect(shadowWords(["quad"], shade, { ...names, isFog: true })).toBe(
    "As far as you know, Quad did not hold. What shadows add to the cost of cooperating for you: 2.4, next round 0.9 if that is right.",
  );
});
