import { expect, test } from "vitest";
import { isFogged, isFogLifted } from "./fog.ts";
import { BLANK, scenario } from "./samples.ts";
import type { RoundResolved, Standing } from "../wire/types.ts";

const INTEGRATION = { index: 50 } as unknown as Standing["integration"];

/** A position after one round, of rules 2, with or without what fog keeps back. */
function after(monitoring: number, isTold: boolean, isOfRules2 = true) {
  const standing = { ...BLANK, integration: isTold ? INTEGRATION : null };
  const round = { standing, change: isOfRules2 ? {} : null } as unknown as RoundResolved;
  return { scenario: scenario({ monitoring }), history: [round] };
}

test("a seat in fog is told so, and whoever sees everything is not", () => {
  expect(isFogged(after(0.9, false))).toBe(true);
  expect(isFogged(after(0.9, true))).toBe(false);
  expect(isFogged(after(1, false))).toBe(false);
});

test("before the first round, and in rules 1, nothing is kept back", () => {
  expect(isFogged({ ...after(0.9, false), history: [] })).toBe(false);
  expect(isFogged(after(0.9, false, false))).toBe(false);
});

test("fog lifts after the end, for those who are told what it hid", () => {
  const end = { phase: "debrief" } as const;
  expect(isFogLifted({ ...after(0.9, true), ...end })).toBe(true);
  expect(isFogLifted({ ...after(0.9, false), ...end })).toBe(false);
  expect(isFogLifted({ ...after(0.9, true), phase: "reveal" })).toBe(false);
  expect(isFogLifted({ ...after(1, true), ...end })).toBe(false);
  expect(isFogLifted({ ...after(0.9, true, false), ...end })).toBe(false);
  expect(isFogLifted({ ...after(0.9, true), ...end, history: [] })).toBe(false);
});
