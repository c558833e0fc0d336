// @vitest-environment jsdom
import { expect, test } from "vitest";
import { consoleNews } from "./news.ts";
import { matchCard, personCard } from "../net/seminar-samples.ts";

const card = matchCard();
const amna = personCard();

test("who comes and which match moves on is read out, once", () => {
  const before = { matches: [card], people: [] };
  const after = { matches: [matchCard({ phase: "reveal" })], people: [amna] };
  expect(consoleNews(before, after, null)).toEqual([
    "Amna has joined",
    "Table 1: Round 2 of 8 · Reveal",
  ]);
  expect(consoleNews(after, after, null)).toEqual([]);
});

test("a match that is new, and a clock that runs on, are no news", () => {
  const before = { matches: [card], people: [amna] };
  const after = {
    matches: [matchCard({ deadline_ms: 99 }), matchCard({ match: "m2", number: 2 })],
    people: [amna],
  };
  expect(consoleNews(before, after, null)).toEqual([]);
});

test("a match that ends is told without its round", () => {
  const before = { matches: [card], people: [] };
  expect(
    consoleNews(before, { matches: [matchCard({ phase: "debrief" })], people: [] }, null),
  ).toEqual(["Table 1: Debrief"]);
});

const SIGNED = { name: "Dr Co", command: "pause_match", at_ms: 7 };

test("what a co-facilitator did is told to the others, once, and not to themselves", () => {
  const before = { matches: [card], people: [] };
  const after = { matches: [matchCard({ signed: SIGNED, paused_at_ms: 7 })], people: [] };
  expect(consoleNews(before, after, null)).toEqual(["Table 1: paused, by Dr Co."]);
  expect(consoleNews(before, after, "Dr Third")).toEqual(["Table 1: paused, by Dr Co."]);
  expect(consoleNews(before, after, "Dr Co")).toEqual([]);
  expect(consoleNews(after, after, null)).toEqual([]);
});

test("a pause by whoever signs nothing is told to co-facilitators", () => {
  const before = { matches: [card], people: [] };
  const after = { matches: [matchCard({ paused_at_ms: 7 })], people: [] };
  expect(consoleNews(before, after, "Dr Co")).toEqual(["Table 1: paused."]);
  expect(consoleNews(after, before, "Dr Co")).toEqual(["Table 1: resumed."]);
  expect(consoleNews(before, after, null)).toEqual([]);
});

test("a branch in a match's place is no new match", () => {
  const branch = matchCard({ match: "m9", phase: "negotiation", paused_at_ms: 7 });
  const news = consoleNews(
    { matches: [card], people: [] },
    { matches: [branch], people: [] },
    null,
  );
  expect(news).toEqual(["Table 1: Round 2 of 8 · Negotiation"]);
});
