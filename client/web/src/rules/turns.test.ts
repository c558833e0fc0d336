import { expect, test } from "vitest";
import { BREACH, chosen, resolved } from "./sample-events.ts";
import type { Action, Breach, RoundResolved } from "../wire/types.ts";
import { turnsOf } from "./turns.ts";

function played(round: number, choices: string, breaches: readonly Breach[] = []): RoundResolved {
  const actions = Object.fromEntries([...choices].map((action, i) => [`S${i}`, action as Action]));
  return resolved(round, { results: [chosen(actions)], breaches });
}

test("a round in which cooperation jumped is a turn, one in which it drifted is none", () => {
  const turns = turnsOf([played(1, "CCCCCC"), played(2, "CCCCCD"), played(3, "CDDDDD")]);
  expect(turns).toMatchObject([{ round: 3, jump: { from: 5 / 6, to: 1 / 6 } }]);
});

test("a broken pledge is a turn, the first round too, without a jump", () => {
  expect(turnsOf([played(1, "CD", [BREACH])])).toEqual([
    { round: 1, jump: null, breaches: [BREACH], incidents: [] },
  ]);
});

test("of many turns the heaviest stay, in their order", () => {
  const swings = Array.from({ length: 9 }, (_, i) =>
    played(i + 1, i % 2 ? "CDDD" : "CCDD", i === 8 ? [BREACH] : []),
  );
  const rounds = turnsOf(swings).map(({ round }) => round);
  expect(rounds).toHaveLength(6);
  expect(rounds).toContain(9);
  expect(rounds).toEqual([...rounds].sort((a, b) => a - b));
});

test("a calm match has none", () => {
  expect(turnsOf([played(1, "CC"), played(2, "CC")])).toEqual([]);
});
