import { expect, test } from "vitest";
import { BREACH, opens, resolved } from "../rules/sample-events.ts";
import { BLANK, created, scenario } from "../rules/samples.ts";
import type { Breach, GameEvent, Integration } from "../wire/types.ts";
import { curveOf } from "./curve.ts";
import { timelineOf } from "./timeline.ts";

function played(round: number, index: number, breaches: readonly Breach[] = []): GameEvent[] {
  const standing = { ...BLANK, integration: { index } as Integration };
  return [opens(round, "decision"), resolved(round, { standing, breaches })];
}

test("the curve has the index of each round, and marks what broke", () => {
  const events = [created(scenario()), ...played(1, 40), ...played(2, 60, [BREACH])];
  const curve = curveOf(timelineOf(events));
  expect(curve.index).toEqual([
    [0.5, 0.4],
    [1, 0.6],
  ]);
  expect(curve.marks).toEqual([{ kind: "breach", round: 2, share: 1 }]);
  expect(curve.cooperation.map(([x]) => x)).toEqual([0.5, 1]);
});
