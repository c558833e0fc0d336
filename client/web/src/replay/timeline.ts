/** A log as a line to walk on: where rounds begin, where they are open, and links to any point.

A point is the number of events that have happened, from 1 to the length of the log. */
import { keepBefore } from "../rules/before.ts";
import { evolve } from "../rules/evolve.ts";
import type { GameEvent, Position } from "../wire/types.ts";

export type Timeline = {
  events: readonly GameEvent[];
  /** The position at every point; positions[i] is that of point i + 1. */
  positions: readonly Position[];
  /** The point at which each round begins; starts[0] is the beginning of all. */
  starts: readonly number[];
  /** The point at which each round's choices are open; for round 0, all that is before round 1. */
  opens: readonly number[];
};

/** Lay out a log. Throws where it is empty or does not begin with `match_created`. */
export function timelineOf(events: readonly GameEvent[]): Timeline {
  const positions: Position[] = [];
  const starts: number[] = [1];
  for (const event of events) {
    const before = positions.at(-1) ?? null;
    if (before !== null && event.type === "round_resolved") keepBefore(event, before);
    positions.push(evolve(before, event));
    const { round } = positions.at(-1)!;
    if (round >= starts.length) starts.push(positions.length);
  }
  if (positions.length === 0) throw new Error("an empty log has nothing to show");
  const opens = starts.map((start, round) => openPoint(events, start, round, starts[round + 1]));
  return { events, positions, starts, opens };
}

/** The last point of a round at which its choices have just been opened. */
function openPoint(
  events: readonly GameEvent[],
  start: number,
  round: number,
  next: number | undefined,
): number {
  const end = next === undefined ? events.length : next - 1;
  if (round === 0) return end;
  const resolved = events.findIndex(
    (event, i) => i >= start - 1 && event.type === "round_resolved",
  );
  if (resolved < 0 || resolved + 1 > end) return end;
  const isShown = events[resolved + 1]?.type === "phase_opened" && resolved + 2 <= end;
  return isShown ? resolved + 2 : resolved + 1;
}

export function positionAt({ positions }: Timeline, point: number): Position {
  return positions[Math.min(Math.max(point, 1), positions.length) - 1]!;
}

/** The round in which a point lies. */
export function roundAt({ starts }: Timeline, point: number): number {
  return starts.findLastIndex((start) => start <= point);
}

/** The open point of the next or the previous round, seen from a point. */
export function stepRound(timeline: Timeline, point: number, by: 1 | -1): number {
  const { opens, events } = timeline;
  if (by === 1) return opens.find((open) => open > point) ?? events.length;
  return opens.findLast((open) => open < point) ?? 1;
}

export function stepEvent({ events }: Timeline, point: number, by: 1 | -1): number {
  return Math.min(Math.max(point + by, 1), events.length);
}

/** A point as a link has it: `r3` where round 3 is open, `r3.2` two events into round 3. */
export function pointName(timeline: Timeline, point: number): string {
  const round = roundAt(timeline, point);
  if (timeline.opens[round] === point) return `r${round}`;
  return `r${round}.${point - timeline.starts[round]! + 1}`;
}

/** The point that a link names; what names none is the end of the log. `t5000` is the last point at
 * that time, in ms, which every viewer's log has. */
export function pointNamed(timeline: Timeline, name: string | null): number {
  const time = /^t(\d+)$/.exec(name ?? "")?.[1];
  if (time !== undefined) return pointAt(timeline, Number(time));
  const match = /^r(\d+)(?:\.(\d+))?$/.exec(name ?? "");
  const last = timeline.events.length;
  const round = Number(match?.[1] ?? -1);
  const start = timeline.starts[round];
  if (!match || start === undefined) return last;
  if (match[2] === undefined) return timeline.opens[round]!;
  const end = (timeline.starts[round + 1] ?? last + 1) - 1;
  return Math.min(Math.max(start + Number(match[2]) - 1, start), end);
}

function pointAt({ events }: Timeline, ms: number): number {
  return Math.max(events.findLastIndex(({ at_ms }) => at_ms <= ms) + 1, 1);
}

/** How long a point is looked at while the replay runs, in ms at speed 1. */
export function dwellMs(event: GameEvent | undefined): number {
  switch (event?.type) {
    case "round_resolved":
      return 300;
    case "phase_opened":
      return event.phase === "reveal" ? 4000 : 900;
    case "message_said":
      return 1600;
    default:
      return 120;
  }
}
