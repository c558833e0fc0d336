import { expect, test } from "vitest";
import { fold } from "./evolve.ts";
import { LOBBY } from "./samples.ts";
import { waitedFor } from "./waited-for.ts";

test("a phase waits for people who are not ready, never for bots", () => {
  const position = fold(
    [
      { type: "seat_taken", seat: "CHN", person: "p1", name: "Li", at_ms: 2 },
      { type: "bot_seated", seat: "PHL", strategy: null, at_ms: 3 },
      { type: "phase_opened", round: 1, phase: "decision", at_ms: 4, deadline_ms: null },
    ],
    LOBBY,
  )!;
  expect(waitedFor(LOBBY)).toEqual([]);
  expect(waitedFor(position)).toEqual(["CHN"]);
  const ready = {
    type: "ready_set",
    round: 1,
    phase: "decision",
    seat: "CHN",
    is_ready: true,
    at_ms: 5,
  } as const;
  expect(waitedFor(fold([ready], position)!)).toEqual([]);
});
