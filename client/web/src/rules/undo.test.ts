import { expect, test } from "vitest";
import type { GameEvent } from "../wire/types.ts";
import { opens } from "./sample-events.ts";
import { created, scenario } from "./samples.ts";
import { undoTo } from "./undo.ts";

const START = [created(scenario())];

test("an undo leads to the phase before the last one, across rounds and from the debrief", () => {
  const log = [...START, opens(0, "briefing"), opens(1, "negotiation"), opens(1, "reveal")];
  expect(undoTo(log)).toEqual({ round: 1, phase: "negotiation" });
  const next = [...log, opens(2, "negotiation")];
  expect(undoTo(next)).toEqual({ round: 1, phase: "reveal" });
  const ended: GameEvent = { type: "match_ended", reason: "facilitator", seed: "7", at_ms: 5 };
  expect(undoTo([...next, ended])).toEqual({ round: 2, phase: "negotiation" });
});

test("the start of a match is not undone", () => {
  expect(undoTo(START)).toBeNull();
  expect(undoTo([...START, opens(0, "briefing")])).toBeNull();
});
