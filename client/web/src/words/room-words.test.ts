// @vitest-environment jsdom
import { expect, test } from "vitest";
import { eventWords } from "./event-words.ts";
import { audienceOf } from "./room-words.ts";
import { seatNews } from "./seat-news.ts";
import type { MessageSaid, Seat } from "../wire/types.ts";

const NAMES: Record<Seat, string> = { CHN: "China", PHL: "Philippines", VNM: "Vietnam" };
const nameOf = (seat: Seat) => NAMES[seat] ?? seat;

const said = (sender: Seat | null, ...room: Seat[]): MessageSaid => ({
  type: "message_said",
  round: 1,
  sender,
  room,
  text: "Listen.",
  act: null,
  at_ms: 2,
  speaker: null,
});

test("only words to everybody stand in a common log without whom they are for", () => {
  expect(audienceOf(said("CHN"), nameOf)).toBe("");
  expect(audienceOf(said(null), nameOf)).toBe("");
  expect(audienceOf(said("CHN", "CHN"), nameOf)).toBe("To the facilitator only");
  expect(audienceOf(said("CHN", "CHN", "PHL"), nameOf)).toBe("With the Philippines");
  expect(audienceOf(said(null, "CHN"), nameOf)).toBe("With China");
  expect(audienceOf(said(null, "CHN", "VNM"), nameOf)).toBe("With China and Vietnam");
});

test("every room but the public one is private, to whoever reads or hears of it", () => {
  for (const sender of ["CHN", null]) {
    for (const room of [["CHN"], ["CHN", "PHL"], ["CHN", "PHL", "VNM"]]) {
      expect(audienceOf(said(sender, ...room), nameOf)).not.toBe("");
      expect(eventWords(said(sender, ...room), nameOf)).toContain("private message");
    }
    expect(eventWords(said(sender), nameOf)).not.toContain("private message");
  }
});

test("in the lobby, what the facilitator tells one seat is not read out like news for all", () => {
  expect(seatNews(said(null), nameOf, [])).toBe("Listen.");
  expect(seatNews(said(null, "CHN"), nameOf, [])).toBe("Facilitator, With China: Listen.");
  expect(seatNews(said("CHN"), nameOf, [])).toBeNull();
});
