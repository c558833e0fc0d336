import { expect, test } from "vitest";
import { positionBefore } from "../rules/before.ts";
import { opens, resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent } from "../wire/types.ts";
import {
  dwellMs,
  pointName,
  pointNamed,
  positionAt,
  roundAt,
  stepEvent,
  stepRound,
  timelineOf,
} from "./timeline.ts";

const played = (round: number) => resolved(round, { gains: { CHN: round, PHL: 0 } });

const LOG: GameEvent[] = [
  created(scenario()), // 1
  opens(0, "briefing"), // 2
  opens(1, "negotiation"), // 3
  opens(1, "decision"), // 4
  played(1), // 5
  opens(1, "reveal"), // 6
  opens(2, "decision"), // 7
  played(2), // 8
  opens(2, "reveal"), // 9
  { type: "match_ended", reason: "rounds_played", seed: "s", at_ms: 0 }, // 10
];
const line = timelineOf(LOG);

test("rounds begin at their first phase and are open at their reveal", () => {
  expect(line.starts).toEqual([1, 3, 7]);
  expect(line.opens).toEqual([2, 6, 9]);
});

test("a round without a reveal phase is open once it is resolved", () => {
  const short = LOG.filter((event) => event.type !== "phase_opened" || event.phase !== "reveal");
  expect(timelineOf(short).opens).toEqual([2, 5, 7]);
});

test("a round that was never resolved is open at its last event", () => {
  expect(timelineOf(LOG.slice(0, 4)).opens).toEqual([2, 4]);
});

test("the position at a point is the fold of what came before", () => {
  expect(positionAt(line, 6).totals).toEqual({ CHN: 1, PHL: 0 });
  expect(positionAt(line, 99).phase).toBe("debrief");
  expect(positionAt(line, 0).phase).toBe("lobby");
});

test("steps by round go from one open point to the next, and end at the ends", () => {
  expect([1, 2, 6, 9, 10].map((point) => stepRound(line, point, 1))).toEqual([2, 6, 9, 10, 10]);
  expect([10, 9, 7, 2, 1].map((point) => stepRound(line, point, -1))).toEqual([9, 6, 6, 1, 1]);
});

test("steps by event stay in the log", () => {
  expect(stepEvent(line, 1, -1)).toBe(1);
  expect(stepEvent(line, 10, 1)).toBe(10);
  expect(stepEvent(line, 4, 1)).toBe(5);
});

test("every point has a name that leads back to it", () => {
  for (let point = 1; point <= LOG.length; point += 1) {
    expect(pointNamed(line, pointName(line, point))).toBe(point);
  }
  expect(pointName(line, 6)).toBe("r1");
  expect(pointName(line, 4)).toBe("r1.2");
});

test.each([null, "", "r9", "x", "r-1"])("the name %s leads to the end", (name) => {
  expect(pointNamed(line, name)).toBe(10);
});

test("a link from a viewer who saw more stays in its round", () => {
  expect(pointNamed(line, "r1.99")).toBe(6);
  expect(pointNamed(line, "r1.0")).toBe(3);
});

test("a point lies in the round that has begun", () => {
  expect([1, 2, 3, 6, 7, 10].map((point) => roundAt(line, point))).toEqual([0, 0, 1, 1, 2, 2]);
});

test("a reveal is looked at longest", () => {
  expect(dwellMs(opens(1, "reveal"))).toBeGreaterThan(dwellMs(opens(1, "decision")));
  expect(dwellMs(undefined)).toBeGreaterThan(0);
});

test("an empty log is no timeline", () => {
  expect(() => timelineOf([])).toThrow("nothing to show");
});

test("a link to a moment leads to what had happened then", () => {
  const timed = timelineOf(LOG.map((event, i) => ({ ...event, at_ms: 10 * i }) as GameEvent));
  expect([0, 40, 49, 50, 999].map((ms) => pointNamed(timed, `t${ms}`))).toEqual([1, 5, 5, 6, 10]);
  const together = LOG.map((event, i) => ({ ...event, at_ms: i === 4 || i === 5 ? 50 : 10 * i }));
  expect(pointName(timelineOf(together as GameEvent[]), 6)).toBe("r1");
  expect(pointNamed(timelineOf(together as GameEvent[]), "t50")).toBe(6);
});

test("the position before a reveal is that of its point, and not folded again", () => {
  const log = structuredClone(LOG);
  const { positions } = timelineOf(log);
  const at = log.findIndex(({ type }) => type === "round_resolved");
  expect(positionBefore(log, { round: 1 })).toBe(positions[at - 1]);
});
