/** Whoever reads is "you": every reason that may name its reader has a form for that. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { language } from "../i18n/index.svelte.ts";
import { summit } from "../rules/samples.ts";
import type { Arena, Cause, Seat } from "../wire/types.ts";
import { crisisOverWords, crisisWords } from "./crisis-words.ts";
import { endedWords, runOutWords, shadowWords } from "./ended-words.ts";
import { causeWords } from "./term-words.ts";
import { listCalled, seatNames } from "./words.ts";

const SCENE = summit();
const STAKES = { T: 1, R: 0, P: -6, S: -2 };
const WRITTEN = { ...SCENE, stakes: STAKES };
const nameOf = seatNames(SCENE);

type Why = readonly [cause: Cause, seats: readonly Seat[], because: readonly string[]];
const CAUSES: readonly Why[] = [
  ["institution", [], []],
  ["confidence", [], ["CHN", "USA"]],
  ["restraint", ["USA"], []],
  ["exercise", [], ["CHN", "USA"]],
  ["second_source", ["CHN"], ["USA"]],
  ["link", ["USA"], ["quad"]],
  ["shadow", ["USA"], ["quad"]],
  ["wary", ["CHN", "USA"], ["CHN", "USA"]],
  ["ally_in_crisis", ["AUS"], ["USA"]],
  ["in_crisis", ["USA"], []],
];
const READERS = ["USA", "CHN", "AUS", null];

/** A crisis of the two in which nobody yields: on the brink one is backed. */
function crisis(own: number, other: number): Arena {
  return {
    ...SCENE.arenas[0]!,
    name: "crisis_chn_usa",
    members: ["CHN", "USA"],
    game: { type: "bimatrix", row: { ...STAKES, P: own }, column: { ...STAKES, P: other } },
  };
}

/** Every reason of a changed figure, and of one that changed back, as a reader is told it. */
function reasons(mine: Seat | null): string[] {
  const names = { written: WRITTEN, arenas: SCENE.arenas, nameOf, mine };
  const over = { ...names, before: { effects: [], round: 3 } };
  const of = CAUSES.flatMap(([cause, seats, because]) => [
    ...["c", "b"].flatMap((term) =>
      [false, true].map((isPast) =>
        causeWords(cause, term, seats[0] ?? "CHN", because, { ...names, isPast }),
      ),
    ),
    endedWords({ cause, seats, because }, over),
  ]);
  const effect = { kind: "restraint", arena: "quad", makers: ["CHN", "USA"] } as const;
  const ran = { ...effect, first_round: 1, last_round: 3, other_arena: null };
  const crises = ["USA", "CHN"]
    .filter((seat) => seat === mine)
    .flatMap((seat) => [
      ...crisisWords(crisis(-6, -12), seat, WRITTEN, SCENE.arenas, nameOf),
      ...crisisOverWords(crisis(-6, -12), crisis(-6, -6), seat, WRITTEN, nameOf),
    ]);
  return [
    ...of,
    ...crises,
    runOutWords({ ...ran, members: [], audience: [] }, names),
    shadowWords(["quad"], { seat: "USA", points: 1, next: 0 }, { ...names, isFog: false }),
  ];
}

/** A verb of the third person, or a pronoun for others, where the reader is meant. */
const ENGLISH =
  /\byou(?: and [^,.]+?)? (?:is|was|has|does|calls|shows|gives|keeps|loses)\b|\byou .*\bthey\b/i;
const URDU = /آپ(?! کا| کی| کے)[^۔؛،:]* (?:ہے|تھا|تھی)(?=[۔؛،])/;

beforeAll(() => language.whole());
afterEach(() => language.choose("en"));

test.each(READERS)("no reason speaks to %s as of somebody else", (mine) => {
  const told = reasons(mine);
  expect(told.filter((words) => ENGLISH.test(words))).toEqual([]);
  expect(told.some((words) => /\byour?\b/i.test(words))).toBe(mine !== null);
});

test.each(READERS)("nor does one in Urdu to %s", async (mine) => {
  await language.choose("ur");
  const told = reasons(mine);
  expect(told.filter((words) => URDU.test(words))).toEqual([]);
  expect(told.some((words) => words.includes("آپ"))).toBe(mine !== null);
});

test("a wrong one is found", () => {
  for (const wrong of [
    "because you is in a crisis and calls on its ally",
    "you and China was wary",
    "you and China are calm, because they are",
  ])
    expect(wrong).toMatch(ENGLISH);
  expect("آپ بحران میں ہے۔").toMatch(URDU);
});

test("an ally in a crisis calls, whoever reads", () => {
  const call = (mine: Seat | null) =>
    causeWords("ally_in_crisis", "c", "AUS", ["USA"], {
      written: WRITTEN,
      arenas: SCENE.arenas,
      nameOf,
      mine,
    });
  expect(["USA", "AUS", "CHN"].map(call)).toEqual([
    "you are in a crisis and call on your ally, and to answer costs more.",
    "the United States is in a crisis and calls on you, its ally, and to answer costs more.",
    "the United States is in a crisis and calls on its ally, and to answer costs more.",
  ]);
});

test("on the brink a call costs twice as much, and says so", () => {
  const said = (P: number, mine: Seat | null) =>
    causeWords("ally_in_crisis", "c", "AUS", ["USA"], {
      written: WRITTEN,
      arenas: [...SCENE.arenas, crisis(P, P)],
      nameOf,
      mine,
    });
  expect(said(-6, "CHN")).toContain("is in a crisis and calls on its ally");
  expect(["USA", "AUS", "CHN"].map((mine) => said(-9, mine))).toEqual([
    "you are on the brink and call on your ally, and to answer costs twice as much.",
    "the United States is on the brink and calls on you, its ally, and to answer costs twice as much.",
    "the United States is on the brink and calls on its ally, and to answer costs twice as much.",
  ]);
});

test("of several seats the reader comes first", () => {
  expect(listCalled(["CHN", "USA", "AUS"], nameOf, "USA")).toBe("you, China, and Australia");
  expect(listCalled(["CHN", "USA"], nameOf, null)).toBe("China and United States");
});

/** Of the catalogue: who is named before a verb of the third person may be the reader. */
test("a reason that says what one seat is or does has a form for its reader", () => {
  const path = join(import.meta.dirname, "../i18n/languages/en.json");
  const { words } = JSON.parse(readFileSync(path, "utf8")) as { words: Record<string, unknown> };
  const of = Object.entries(words).filter(
    ([key, text]) =>
      /^(inForce|over|because|why)\./.test(key) &&
      /\{[Tt]he (?:who|name)\} (?:is|was|has|shows|calls)\b|of \{the who\}.*\bits crisis/.test(
        String(text),
      ),
  );
  const alone = of.filter(([key]) => !(`${key.replace(/\.called$/, "")}.mine` in words));
  expect(of.length).toBeGreaterThan(3);
  expect(alone.map(([key]) => key)).toEqual([]);
});
