import { expect, test } from "vitest";
import { BLANK, created, scenario } from "../rules/samples.ts";
import type { Breach, GameEvent, Integration } from "../wire/types.ts";
import { curveOf } from "./curve.ts";
import { timelineOf } from "./timeline.ts";

const opened = (round: number): GameEvent => ({
  type: "phase_opened",
  round,
  phase: "decision",
  at_ms: 0,
  deadline_ms: null,
});

function resolved(round: number, index: number, breaches: readonly Breach[] = []): GameEvent {
  return {
    type: "round_resolved",
    round,
    results: [],
    gains: {},
    at_ms: 0,
    incidents: [],
    standing: { ...BLANK, integration: { index } as Integration },
    sightings: [],
    breaches,
    settlements: {},
    pacts: [],
    moves: [],
    effects: [],
  };
}

test("the curve has the index of each round, and marks what broke", () => {
  const events = [
    created(scenario()),
    opened(1),
    resolved(1, 40),
    opened(2),
    resolved(2, 60, [{ seat: "CHN" } as Breach]),
  ];
  const curve = curveOf(timelineOf(events));
  expect(curve.index).toEqual([
    [0.5, 0.4],
    [1, 0.6],
  ]);
  expect(curve.marks).toEqual([{ kind: "breach", round: 2, share: 1 }]);
  expect(curve.cooperation.map(([x]) => x)).toEqual([0.5, 1]);
});
