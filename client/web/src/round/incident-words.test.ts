import { afterEach, beforeAll, expect, test } from "vitest";
import { language } from "../i18n/index.svelte.ts";
import { summit } from "../rules/samples.ts";
import type { Concept, Seat } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import { incidentTitle, incidentWords } from "./incident-words.ts";

const nameOf = seatNames(summit());
const CONCEPTS: readonly Concept[] = [
  "abandonment",
  "entrapment",
  "crisis",
  "spiral",
  "fragmentation",
  "brink",
  "leverage",
];
const SEATS = ["AUS", "USA", "CHN"];

/** All that is said of each incident of Australia, the United States and China, by either rules. */
function said(mine: Seat | null): string[] {
  return CONCEPTS.flatMap((concept) => {
    const of = { concept, seats: SEATS };
    return [
      incidentTitle(of, nameOf, mine),
      ...[false, true].map((isSecond) => incidentWords(of, nameOf, mine, isSecond)),
    ];
  });
}

beforeAll(() => language.whole());
afterEach(() => language.choose("en"));

test("a crisis of the reader is theirs, and they come first", () => {
  const of = { concept: "crisis", seats: ["AUS", "USA"] } as const;
  expect(incidentTitle(of, nameOf, "USA")).toBe("Crisis: you and Australia");
  expect(incidentTitle(of, nameOf, "CHN")).toBe("Crisis: Australia and the United States");
  expect(incidentWords(of, nameOf, "USA", true)).toBe(
    "The tension between you and Australia is so high that it becomes a dispute of its own.",
  );
});

test("an ally reads who stood by whom as what they did, or what was done to them", () => {
  const of = { concept: "entrapment", seats: SEATS } as const;
  const words = (mine: Seat) => [
    incidentTitle(of, nameOf, mine),
    incidentWords(of, nameOf, mine, true),
  ];
  expect(words("AUS")).toEqual([
    "You were drawn into the crisis of the United States",
    "You stood by the United States, your ally, while the United States was in a crisis with China.",
  ]);
  expect(words("USA")).toEqual([
    "Australia was drawn into your crisis",
    "Australia stood by you, its ally, while you were in a crisis with China.",
  ]);
  expect(words("CHN")[1]).toContain("was in a crisis with you.");
});

test.each(SEATS)("no incident speaks to %s as of somebody else", (mine) => {
  const own = nameOf(mine);
  const told = said(mine);
  expect(told.filter((words) => words.includes(own))).toEqual([]);
  const wrong = /\byou (?:is|was|has|leans|its)\b|\bof you\b|\byou\b.*\btheir\b|\byou used its\b/i;
  expect(told.filter((words) => wrong.test(words))).toEqual([]);
});

test.each(SEATS)("nor does one in Urdu to %s", async (mine) => {
  await language.choose("ur");
  const own = nameOf(mine);
  expect(said(mine).filter((words) => words.includes(own))).toEqual([]);
  expect(said(mine).filter((words) => /آپ[^ں]* اس کا سب|اتحادی آپ/.test(words))).toEqual([]);
});
