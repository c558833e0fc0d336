import { expect, test } from "vitest";
import type { MessageSaid } from "../wire/types.ts";
import { messagesIn, PUBLIC_ROOM, roomOf, roomsIn, roomWith, searched, unreadIn } from "./rooms.ts";

const say = (sender: string | null, room: string[]): MessageSaid => ({
  type: "message_said",
  round: 1,
  sender,
  room,
  text: "x",
  act: null,
  speaker: null,
  at_ms: 0,
});
const LOG = [say("CHN", []), say("PHL", ["CHN", "PHL"]), say(null, []), say("CHN", ["CHN", "PHL"])];

test("each set of seats is one room, the public one first", () => {
  expect(roomsIn(LOG).map(({ key }) => key)).toEqual(["", "CHN+PHL"]);
  expect(roomsIn([])).toEqual([PUBLIC_ROOM]);
});

test("a room that I open has me in it, in the scenario's order", () => {
  expect(roomWith(["VNM", "CHN"], "PHL", ["CHN", "PHL", "VNM"]).key).toBe("CHN+PHL+VNM");
});

test("messages stand in their own room", () => {
  expect(messagesIn(LOG, PUBLIC_ROOM)).toHaveLength(2);
  expect(messagesIn(LOG, roomOf(["CHN", "PHL"]))).toHaveLength(2);
});

test("my own words are no news to me, the facilitator's are", () => {
  const isOf = (seat: string | null) => (message: MessageSaid) => message.sender === seat;
  expect(unreadIn(LOG, PUBLIC_ROOM, 0, isOf("CHN"))).toBe(1);
  expect(unreadIn(LOG, PUBLIC_ROOM, 0, isOf("VNM"))).toBe(2);
  expect(unreadIn(LOG, PUBLIC_ROOM, 2, isOf("PHL"))).toBe(0);
  expect(unreadIn(LOG, roomOf(["CHN", "PHL"]), 1, isOf("PHL"))).toBe(1);
  expect(unreadIn(LOG, roomOf(["CHN", "PHL"]), 1, isOf("CHN"))).toBe(0);
});

test("a search finds all the words, in text or speaker, whatever their case and accents", () => {
  const log = [
    { ...say("CHN", []), text: "The détente HOLDS" },
    { ...say("PHL", ["CHN", "PHL"]), text: "It holds" },
  ];
  const name = ({ sender, text }: MessageSaid) =>
    `${sender === "CHN" ? "China" : "Philippines"} ${text}`;
  expect(searched(log, "detente holds", name)).toEqual([log[0]]);
  expect(searched(log, "philippines hold", name)).toEqual([log[1]]);
  expect(searched(log, "  ", name)).toEqual([]);
});
