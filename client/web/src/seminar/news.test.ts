// @vitest-environment jsdom
import { expect, test } from "vitest";
import { consoleNews } from "./news.ts";
import { matchCard, personCard } from "./scenes.ts";

const card = matchCard();
const amna = personCard();

test("who comes and which match moves on is read out, once", () => {
  const before = { matches: [card], people: [] };
  const after = { matches: [matchCard({ phase: "reveal" })], people: [amna] };
  expect(consoleNews(before, after)).toEqual(["Amna has come", "Match 1: Round 2 of 8 · Reveal"]);
  expect(consoleNews(after, after)).toEqual([]);
});

test("a match that is new, and a clock that runs on, are no news", () => {
  const before = { matches: [card], people: [amna] };
  const after = { matches: [matchCard({ deadline_ms: 99 }), matchCard({ match: "m2", number: 2 })], people: [amna] };
  expect(consoleNews(before, after)).toEqual([]);
});

test("a match that ends is told without its round", () => {
  const before = { matches: [card], people: [] };
  expect(consoleNews(before, { matches: [matchCard({ phase: "debrief" })], people: [] })).toEqual(["Match 1: Debrief"]);
});
