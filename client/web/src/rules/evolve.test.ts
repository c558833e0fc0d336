import { expect, test } from "vitest";
import { evolve, fold } from "./evolve.ts";
import type { GameEvent } from "../wire/types.ts";
import { created, LOBBY, scenario } from "./samples.ts";

test("a log begins with match_created", () => {
  expect(() => fold([{ type: "match_paused", at_ms: 1 }])).toThrow("cannot be the first event");
});

test("an empty log has no position", () => {
  expect(fold([])).toBeNull();
});

test("an event this page does not know is an error, not a guess", () => {
  const event = { type: "sanction_imposed", at_ms: 1 } as unknown as GameEvent;
  expect(() => evolve(LOBBY, event)).toThrow("sanction_imposed is unknown to this page");
});

test("no position is ever changed in place", () => {
  const frozen = deepFreeze(structuredClone(LOBBY));
  const events: GameEvent[] = [
    { type: "seat_taken", seat: "CHN", person: "p1", name: "Li", at_ms: 2 },
    { type: "phase_opened", round: 1, phase: "decision", at_ms: 3, deadline_ms: 9 },
    { type: "order_saved", round: 1, seat: "CHN", actions: { talks: "C" }, at_ms: 4, sources: {} },
    { type: "ready_set", round: 1, phase: "decision", seat: "CHN", is_ready: true, at_ms: 5 },
    { type: "seat_vacated", seat: "CHN", at_ms: 6 },
  ];
  expect(fold(events, frozen)?.orders).toEqual({ CHN: { talks: "C" } });
});

test("a new round forgets the orders of the last one, a new phase does not", () => {
  const saved = fold(
    [
      { type: "phase_opened", round: 1, phase: "negotiation", at_ms: 3, deadline_ms: null },
      {
        type: "order_saved",
        round: 1,
        seat: "CHN",
        actions: { talks: "D" },
        at_ms: 4,
        sources: {},
      },
      { type: "phase_opened", round: 1, phase: "decision", at_ms: 5, deadline_ms: null },
    ],
    LOBBY,
  )!;
  expect(saved.orders).toEqual({ CHN: { talks: "D" } });
  const next = evolve(saved, {
    type: "phase_opened",
    round: 2,
    phase: "decision",
    at_ms: 6,
    deadline_ms: null,
  });
  expect(next.orders).toEqual({});
});

test("every seat starts at 0 points", () => {
  expect(fold([created(scenario())])?.totals).toEqual({ CHN: 0, PHL: 0 });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
