import { expect, test } from "vitest";
import { fold } from "./evolve.ts";
import { termReasons } from "./reasons.ts";
import { BLANK, changedBy, created, summit } from "./samples.ts";
import type { Action, Arena, RoundResolved } from "../wire/types.ts";

/** Why the Summit paid China what it did, where it and the United States are strained rivals. */
function reasonsFor(own: Action) {
  const [first, ...rest] = summit().arenas as [Arena, ...Arena[]];
  const wary = { cause: "wary", factor: 1, because: ["CHN", "USA"] } as const;
  const exposed = { ...wary, parameter: "e", seats: ["CHN", "USA"], added: 1 } as const;
  const traded = { ...wary, parameter: "b", seats: [], added: -1 } as const;
  const arenas = [changedBy(first, [exposed, traded]), ...rest];
  const before = { ...fold([created(summit())])!, arenas };
  const actions: Record<string, Action> = { CHN: own, USA: "C", AUS: "C", RED: "D" };
  const results = [{ arena: "summit", actions, payoffs: {} }];
  const round = { type: "round_resolved", round: 1, results, standing: BLANK } as unknown;
  return termReasons(before, round as RoundResolved, "CHN").map(({ cause, parameter, points }) => [
    cause,
    parameter,
    Math.round(points * 100) / 100,
  ]);
}

test("a defector is told of trade alone: wariness changes what cooperating alone pays", () => {
  expect(reasonsFor("D")).toEqual([["wary", "b", -0.2]]);
});

test("a cooperator is told of both, each with its own points", () => {
  expect(reasonsFor("C")).toEqual([
    ["wary", "e", -0.33],
    ["wary", "b", -0.75],
  ]);
});
