// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fold } from "../rules/evolve.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { Action, GameEvent, Position, RoundResolved } from "../wire/types.ts";
import RoundResults from "./RoundResults.svelte";

function opened(round: number, china: Action): RoundResolved {
  return resolved(round, { results: [chosen({ CHN: china, PHL: "C" })] });
}

const COOPERATE = `aria-label="Cooperate"`;
const DEFECT = `aria-label="Defect"`;
const isStaged = () => document.querySelector(".staged") !== null;
/** What the map and its key tell; signs have words for who does not see them. */
const onMap = () => document.querySelector(".panel")!.innerHTML;

function show(rounds: readonly RoundResolved[], animated: boolean, parts: Partial<Position> = {}) {
  const log: GameEvent[] = [created(scenario({ monitoring: 0.8 })), ...rounds];
  const position = { ...fold(log)!, ...parts };
  const props = { position, log, round: rounds.at(-1)!, animated };
  const shown = mount(RoundResults, { target: document.body, props });
  flushSync();
  return shown;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the map tells no choice of a round before the choices have turned", async () => {
  const first = show([opened(1, "D")], true);
  expect(isStaged()).toBe(true);
  expect(onMap()).not.toContain(DEFECT);
  expect(onMap()).not.toContain(COOPERATE);
  vi.advanceTimersByTime(10_000);
  flushSync();
  expect(isStaged()).toBe(false);
  expect(onMap()).toContain(DEFECT);
  await unmount(first);
});

test("until then it tells the round before, and where nothing is staged the round itself", async () => {
  const staged = show([opened(1, "C"), opened(2, "D")], true);
  expect(onMap()).toContain(COOPERATE);
  expect(onMap()).not.toContain(DEFECT);
  await unmount(staged);
  const still = show([opened(1, "C"), opened(2, "D")], false);
  expect(onMap()).toContain(DEFECT);
  await unmount(still);
});

test("once a match in fog has ended, its choices say that they are as fog showed them", async () => {
  const note = () => document.querySelector("[data-fog]")?.textContent;
  const playing = show([opened(1, "D")], false, { phase: "reveal" });
  expect(note()).toBeUndefined();
  await unmount(playing);
  const over = show([opened(1, "D")], false, { phase: "debrief" });
  expect(note()).toContain("in the fog; the debrief has the true choices");
  await unmount(over);
});

test("the wall says that points are rounded where a seat's do not add up as shown", async () => {
  const paid = (CHN: number) => {
    const results = ["a", "b"].map((arena) => chosen({}, { arena, payoffs: { CHN } }));
    return resolved(1, { results, gains: { CHN: 2 * CHN } });
  };
  const isSaid = async (CHN: number) => {
    const shown = show([paid(CHN)], false);
    const found = document.querySelector("[data-rounded]") !== null;
    await unmount(shown);
    return found;
  };
  expect([await isSaid(1.1), await isSaid(1.04)]).toEqual([false, true]);
});
