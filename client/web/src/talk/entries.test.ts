import { expect, test } from "vitest";
import { PUBLIC_ROOM, roomOf } from "../rules/rooms.ts";
import type { GameEvent } from "../wire/types.ts";
import type { Line } from "../words/story.ts";
import { blocksOf, countsAt, entriesIn, type Entry } from "./entries.ts";

const said = (text: string, ...room: string[]): GameEvent => ({
  type: "message_said",
  round: 1,
  sender: "CHN",
  room,
  text,
  act: null,
  at_ms: 1,
  speaker: null,
});
const EVENTS: GameEvent[] = [
  { type: "match_paused", at_ms: 1 },
  { type: "match_resumed", at_ms: 2, deadline_ms: null },
];
const LOG = [said("all"), EVENTS[0]!, said("two", "CHN", "PHL"), EVENTS[1]!];
const line = (event: GameEvent, text: string, parties: string[] | null): Line => ({
  event,
  round: 1,
  text,
  parties,
});
const STORY = [
  line(EVENTS[0]!, "for two", ["CHN", "PHL"]),
  line(EVENTS[0]!, "for three", ["CHN", "PHL", "VNM"]),
  line(EVENTS[1]!, "for all", null),
];

const texts = (entries: readonly Entry[]) =>
  entries.map((entry) => (entry.is === "said" ? entry.message.text : entry.line.text));

test("the public room has all that happened, in its order", () => {
  expect(texts(entriesIn(LOG, STORY, PUBLIC_ROOM))).toEqual([
    "all",
    "for two",
    "for three",
    "for all",
  ]);
});

test("a private room has what is between its people alone", () => {
  expect(texts(entriesIn(LOG, STORY, roomOf(["CHN", "PHL"])))).toEqual(["for two", "two"]);
  expect(texts(entriesIn(LOG, STORY, roomOf(["CHN"])))).toEqual([]);
});

test("all rooms in one log", () => {
  expect(texts(entriesIn(LOG, STORY, null))).toHaveLength(5);
});

test("what happened in a row is one block", () => {
  const blocks = blocksOf(entriesIn(LOG, STORY, null));
  expect(blocks.map((block) => (block.is === "said" ? 1 : block.lines.length))).toEqual([
    1, 2, 1, 1,
  ]);
});

test("the entries of a whole log begin with those of each of its points", () => {
  const all = entriesIn(LOG, STORY, null);
  expect(countsAt(LOG, all)).toEqual([1, 3, 4, 5]);
  LOG.forEach((_, i) =>
    expect(all.slice(0, countsAt(LOG, all)[i])).toEqual(
      entriesIn(LOG.slice(0, i + 1), STORY, null),
    ),
  );
});
