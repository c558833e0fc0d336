import { expect, test } from "vitest";
import * as actions from "./actions.ts";
import { matchCard, seatCard } from "../net/seminar-samples.ts";

const lobby = matchCard({ phase: "lobby", round: 0, deadline_ms: null });
const running = matchCard();
const paused = matchCard({ paused_at_ms: 5 });
const timeless = matchCard({ deadline_ms: null });
const over = matchCard({ phase: "debrief", deadline_ms: null });

test.each([
  ["start", actions.start, [lobby]],
  ["pause", actions.pause, [running, timeless]],
  ["resume", actions.resume, [paused]],
  ["extend", actions.extend, [running]],
  ["skip", actions.skip, [running, timeless]],
  ["end", actions.end, [lobby, running, paused, timeless]],
])("%s is offered only where it can do something", (_, act, where) => {
  const all = [lobby, running, paused, timeless, over];
  expect(all.filter((card) => act(card) !== null)).toEqual(where);
});

test("a phase is ended by its name, so that two clicks end one", () => {
  expect(actions.skip(running)).toEqual({ type: "skip_phase", round: 2, phase: "decision" });
});

test("people who may still choose are counted where a decision would end", () => {
  const seats = [seatCard({ is_waited_for: true }), seatCard(), seatCard({ is_waited_for: true })];
  const choosing = matchCard({ seats });
  expect(actions.undecided([choosing, choosing, matchCard()])).toBe(4);
  expect(actions.undecided([matchCard({ seats, phase: "negotiation" })])).toBe(0);
  expect(actions.undecided([matchCard({ seats, paused_at_ms: 5 })])).toBe(0);
});

test("what was asked about one decision ends no other phase", () => {
  const asked = actions.skipAsked([running]);
  expect(asked(running)).toEqual(actions.skip(running));
  expect(asked({ ...running, phase: "reveal" })).toBeNull();
  expect(asked({ ...running, round: 3 })).toBeNull();
  expect(asked({ ...running, number: 2 })).toBeNull();
});

test("a class has a debrief once all its tables have ended, and a round was played at one", () => {
  const played = { ...over, index: [40] };
  expect(actions.haveDebrief([])).toBe(false);
  expect(actions.haveDebrief([over])).toBe(false);
  expect(actions.haveDebrief([played, running])).toBe(false);
  expect(actions.haveDebrief([over, played])).toBe(true);
});
