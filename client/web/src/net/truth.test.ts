import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { BLANK, created, scenario } from "../rules/samples.ts";
import type { GameEvent, Phase, Position, RoundResolved } from "../wire/types.ts";
import { Truth } from "./truth.svelte.ts";

const WHOLE: readonly GameEvent[] = [created(scenario())];

/** A position after a round, as somebody in fog has it. */
function seen(phase: Phase, monitoring = 0.9): Position {
  const round = { change: {}, standing: { ...BLANK, integration: null } };
  const start = fold([created(scenario({ monitoring }))])!;
  return { ...start, phase, history: [round as unknown as RoundResolved] };
}

/** How often a truth asked while it looked at these, and what it knows then. */
async function asked(answer: readonly GameEvent[] | null, ...positions: Position[]) {
  const truth = new Truth();
  let times = 0;
  for (const position of positions) {
    await truth.look(position, () => {
      times += 1;
      return Promise.resolve(answer);
    });
  }
  return { times, truth };
}

test("after the end everything is asked for once, and not while the match is played", async () => {
  const { times, truth } = await asked(WHOLE, seen("reveal"), seen("debrief"), seen("debrief"));
  expect(times).toBe(1);
  expect(truth.position?.totals).toEqual({ CHN: 0, PHL: 0 });
});

test("where nothing was hidden, nothing is asked", async () => {
  expect((await asked(WHOLE, seen("debrief", 1))).times).toBe(0);
});

test("a refusal leaves what was seen", async () => {
  const { times, truth } = await asked(null, seen("debrief"), seen("debrief"));
  expect([times, truth.position]).toEqual([1, null]);
});

test("a match that goes on is seen in fog again", async () => {
  const { times, truth } = await asked(WHOLE, seen("debrief"), seen("decision"));
  expect([times, truth.log]).toEqual([1, null]);
});
