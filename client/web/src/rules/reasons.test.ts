import { expect, test } from "vitest";
import { fold } from "./evolve.ts";
import { payoffReasons } from "./reasons.ts";
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
  const results = [{ arena: "summit", actions, payoffs: { CHN: 2 } }];
  const round = { type: "round_resolved", round: 1, results, standing: BLANK } as unknown;
  const [found] = payoffReasons(before, round as RoundResolved, "CHN");
  const figures = ({ before: was, after }: { before: number; after: number }) =>
    [was, after].map((each) => Math.round(each * 100) / 100);
  expect([found!.before, found!.after]).toEqual([found!.reasons[0]!.before, 2]);
  return found!.reasons.map((each) => [each.cause, each.parameter, ...figures(each)]);
}

test("a defector is told of trade alone: wariness changes what cooperating alone pays", () => {
  expect(reasonsFor("D")).toEqual([
    ["wary", "e", 2.2, 2.2],
    ["wary", "b", 2.2, 2],
  ]);
});

test("a cooperator is told of both, from what the terms as written pay to what those in force did", () => {
  expect(reasonsFor("C")).toEqual([
    ["wary", "e", 3.08, 2.75],
    ["wary", "b", 2.75, 2],
  ]);
});
