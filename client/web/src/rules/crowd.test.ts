import { describe, expect, test } from "vitest";
import { scenario as sample } from "./samples.ts";
import type { Action, Arena, ArenaResult, Player, Scenario } from "../wire/types.ts";
import { CROWD, isNear, near, outstanding, sumsOf } from "./crowd.ts";

const SMALL = sample();

/** So many seats that play in pairs: S1 with S2, S3 with S4, and so on. */
function pairs(count: number): Scenario {
  const players: Player[] = Array.from({ length: count }, (_, i) => ({
    ...SMALL.players[0]!,
    seat: `S${i + 1}`,
  }));
  const arenas: Arena[] = Array.from({ length: count / 2 }, (_, i) => ({
    ...SMALL.arenas[0]!,
    name: `pair_${i}`,
    members: [`S${2 * i + 1}`, `S${2 * i + 2}`],
  }));
  return { ...SMALL, players, arenas };
}

const result = (...actions: Action[]) =>
  ({
    actions: Object.fromEntries(actions.map((action, i) => [`S${i}`, action])),
  }) as unknown as ArenaResult;

describe("what is drawn at a crowded table", () => {
  test("a seat's own arena and whom it meets there", () => {
    const drawn = near(pairs(CROWD + 2), "S3");
    expect(drawn.arenas.map(({ name }) => name)).toEqual(["pair_1"]);
    expect(drawn.players.map(({ seat }) => seat)).toEqual(["S3", "S4"]);
  });

  test("everything for who only looks on, and at a table that is not crowded", () => {
    for (const [scenario, mine] of [
      [pairs(CROWD + 2), null],
      [pairs(CROWD), "S3"],
    ] as const) {
      expect(near(scenario, mine)).toBe(scenario);
      expect(scenario.arenas.every((arena) => isNear(scenario, arena, mine))).toBe(true);
    }
  });

  test("of very many lines the highest, the lowest and mine, in their order", () => {
    const lines = Array.from({ length: CROWD + 1 }, (_, i) => ({
      name: `S${i}`,
      values: [0, i % 10],
    }));
    expect(outstanding(lines, "S5").map(({ name }) => name)).toEqual(["S5", "S9", "S10"]);
    expect(outstanding(lines, null)).toHaveLength(2);
    expect(outstanding(lines.slice(1), "S5")).toHaveLength(CROWD);
  });

  test("a round of pairs in three sums", () => {
    const results = [result("C", "C"), result("C", "D"), result("D", "C"), result("D", "D")];
    expect(sumsOf({ results })).toEqual({ all: 1, some: 2, none: 1 });
  });
});
