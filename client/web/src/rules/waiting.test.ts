import { expect, test } from "vitest";
import { LOBBY } from "./samples.ts";
import type { Position, Proposal } from "../wire/types.ts";
import { isDue, openChoices, waitsFor, yetToAnswer } from "./waiting.ts";

const PROPOSAL: Proposal = {
  number: 7,
  terms: {
    parties: ["CHN", "PHL", "VNM"],
    pledges: [],
    transfers: [],
    rounds: 1,
    binding: "treaty",
    stake: 0,
    is_conditional: false,
  },
  accepted: ["CHN"],
};

test("a proposal waits for each party that has not accepted it", () => {
  expect(yetToAnswer(PROPOSAL)).toEqual(["PHL", "VNM"]);
  expect(waitsFor(PROPOSAL, "PHL")).toBe(true);
  expect(waitsFor(PROPOSAL, "CHN")).toBe(false);
  expect(waitsFor(PROPOSAL, "JPN")).toBe(false);
  expect(waitsFor(PROPOSAL, null)).toBe(false);
});

test("a choice is open until it is made, and is asked for in the decision alone", () => {
  const position: Position = { ...LOBBY, phase: "decision", orders: {} };
  const [seat] = position.arenas[0]!.members as [string];
  const mine = position.arenas.filter(({ members }) => members.includes(seat));
  const first = mine[0]!.name;
  const open = (from: Position, who: string | null = seat) =>
    openChoices(from, who).map(({ arena }) => arena.name);
  expect(open(position)).toEqual(mine.map(({ name }) => name));
  expect(open({ ...position, orders: { [seat]: { [first]: "C" } } })).not.toContain(first);
  expect(open({ ...position, phase: "negotiation" })).toEqual([]);
  expect(open(position, null)).toEqual([]);
  expect(openChoices(position, seat).map(({ number }) => position.arenas[number - 1])).toEqual(
    mine,
  );
  expect(openChoices(position, seat, (name) => name === first)).toHaveLength(mine.length - 1);
});

test("a seat is waited for while it may talk or choose, until it is ready", () => {
  const position: Position = { ...LOBBY, phase: "negotiation", ready: {}, paused_at_ms: null };
  expect(isDue(position, "CHN")).toBe(true);
  expect(isDue({ ...position, phase: "decision", ready: { PHL: true } }, "CHN")).toBe(true);
  expect(isDue({ ...position, ready: { CHN: true } }, "CHN")).toBe(false);
  expect(isDue({ ...position, phase: "reveal" }, "CHN")).toBe(false);
  expect(isDue({ ...position, paused_at_ms: 5 }, "CHN")).toBe(false);
});
