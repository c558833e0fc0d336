// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { language } from "../i18n/index.svelte.ts";
import english from "../i18n/languages/en.json" with { type: "json" };
import { created, scenario } from "../rules/samples.ts";
import { fold } from "../rules/evolve.ts";
import { TAKES } from "../rules/sentences.ts";
import type { MessageSaid, Sentence } from "../wire/types.ts";
import { messageWords } from "./sentence-words.ts";
import { ONLOOKER, spokenOf } from "./spoken.ts";
import { seatNames } from "./words.ts";

const CATALOGUE = english.words as Readonly<Record<string, unknown>>;
const SCENARIO = scenario();
const said = (sentence: Sentence, more: MessageSaid["arguments"]): MessageSaid => ({
  type: "message_said",
  round: 1,
  sender: "PHL",
  room: [],
  text: "",
  act: null,
  at_ms: 9,
  speaker: null,
  sentence,
  arguments: more,
});
const words = (message: MessageSaid) => messageWords(message, seatNames(SCENARIO), SCENARIO.arenas);
const ARENA = SCENARIO.arenas[0]!;
const PROMISE = said("promise", { arena: ARENA.name, action: "C", round: 2 });
const OFFER = said("offer", { seat: "CHN", arena: ARENA.name, number: 1.5 });

afterEach(() => language.choose("en"));

test("a sentence is said with the names of seats and arenas", () => {
  expect(words(PROMISE)).toBe(`${ARENA.title}: our promise for round 2: cooperate.`);
  expect(words(OFFER)).toBe(
    `${ARENA.title}: China, our offer for your cooperation, in points: 1.5.`,
  );
});

test("a reader of Urdu is told the same in Urdu", async () => {
  await language.choose("ur");
  expect(words(OFFER)).toContain("چین، تعاون کے بدلے ہماری پیش کش: 1.5 پوائنٹ۔");
  expect(words(PROMISE)).toContain("دور 2 کے لیے ہمارا وعدہ: تعاون۔");
});

test("a text stays a text, and an arena that is gone goes by its name", () => {
  expect(words({ ...PROMISE, text: "Hello.", sentence: null })).toBe("Hello.");
  expect(words(said("refuse", { seat: "CHN", arena: "gone" }))).toBe("gone: China, not this time.");
});

test("a sentence is read aloud as words", () => {
  const log = [created(SCENARIO), OFFER];
  expect(spokenOf(OFFER, fold(log)!, ONLOOKER, log)).toContain("China, our offer");
});

test("a sentence is said in the voice of its speaker, to each in their language", async () => {
  const treaty = { arena: ARENA.name, round: 3, binding: "treaty", voice: "realist" } as const;
  expect(words(said("propose", treaty))).toBe(
    `Treaty, ${ARENA.title}, to round 3: our offer. Sign if you mean it.`,
  );
  await language.choose("ur");
  expect(words(said("propose", treaty))).toContain("دور 3 تک: ہماری پیش کش۔");
});

test("a sentence takes what stands in its words", () => {
  const said = Object.keys(CATALOGUE).flatMap((key) => /^sentence\.(\w+)$/.exec(key)?.[1] ?? []);
  expect(Object.keys(TAKES).toSorted()).toEqual(said.toSorted());
  for (const [sentence, takes] of Object.entries(TAKES)) {
    const words = String(CATALOGUE[`sentence.${sentence}`]);
    const named = [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    expect(takes.toSorted(), sentence).toEqual(named.toSorted());
  }
});
