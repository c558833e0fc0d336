import { describe, expect, test } from "vitest";
import { gameClass } from "./games.ts";
import { classes, knowsMind, lensedCorners, lensTotal, worth } from "./lenses.ts";
import { isWeighedAsPlayed, weighedBy } from "./power.ts";
import { resolved } from "./sample-events.ts";
import { BLANK, scenario } from "./samples.ts";
import { series, trust, trustTies, weakest } from "./standing.ts";
import type { Arena, ArenaResult, Scenario, Standing } from "../wire/types.ts";

const HUNT = { T: 3, R: 4, P: 2, S: 0 };
const arena: Arena = {
  ...scenario().arenas[0]!,
  game: { type: "bimatrix", row: HUNT, column: HUNT },
};
const EQUAL: Scenario = { ...scenario(), power: "equal" };
const standing: Standing = {
  ...BLANK,
  faith: { CHN: { PHL: [3, 1] } },
  norms: { talks: 0.5 },
  institutions: { talks: 0.3 },
};
const cc: ArenaResult = {
  arena: "talks",
  actions: { CHN: "C", PHL: "C" },
  sources: {},
  payoffs: { CHN: 4, PHL: 4 },
};

describe("lenses", () => {
  test("realists see a Prisoner's Dilemma where liberals see a Stag Hunt", () => {
    expect(classes(arena, "CHN", EQUAL, standing)).toMatchObject({
      material: "stag_hunt",
      realism: "prisoners_dilemma",
      liberalism: "stag_hunt",
    });
  });

  test("relative gains add k(T − S) to greed and to fear", () => {
    const { T, R, P, S } = lensedCorners("realism", arena, "CHN", EQUAL, standing);
    expect([T - R, P - S]).toEqual([-1 + 0.5 * 3, 2 + 0.5 * 3]);
  });

  test("institutions and norms speak for cooperation, norms against defection too", () => {
    expect(worth("liberalism", cc, "CHN", EQUAL, standing)).toBeCloseTo(4 + 0.3);
    expect(worth("constructivism", cc, "CHN", EQUAL, standing)).toBeCloseTo(4 + 0.25);
    const dd = { ...cc, actions: { CHN: "D", PHL: "C" } } as const;
    expect(worth("constructivism", dd, "CHN", EQUAL, standing)).toBeCloseTo(4 - 0.25);
  });

  test("a total sees each round as things stood before it", () => {
    const after = { ...standing, institutions: { talks: 1 } };
    const round = resolved(1, { results: [cc], standing: after });
    expect(lensTotal("liberalism", "CHN", EQUAL, standing, [round, round])).toBeCloseTo(4.3 + 5);
  });

  test("a scenario whose measure lacks a figure is an error, not a guess", () => {
    expect(() => lensedCorners("realism", arena, "CHN", scenario(), standing)).toThrow(
      "no figure for cinc",
    );
  });

  test("only one's own mind is known to a seat", () => {
    expect([knowsMind(standing, "CHN"), knowsMind(standing, "PHL")]).toEqual([true, false]);
  });
});

describe("power", () => {
  const figure = (value: number) => ({
    cinc: { value, unit: "share", year: 2016, source: "x", status: "read" as const },
  });
  const players = scenario().players.map((player, i) => ({ ...player, figures: figure(i + 1) }));
  const terms = { b: 6, c: 2, e: 1, g: 1, d: 2, sigma: 0.5 };
  const pooled: Arena = {
    ...arena,
    game: { type: "collective", weights: [0.5, 0.5], terms: [terms, terms], theta: 0 },
  };

  test("another measure weighs the members anew", () => {
    const weighed = weighedBy(pooled, "cinc", { players })!;
    expect(weighed.game.type === "collective" && weighed.game.weights).toEqual([1 / 3, 2 / 3]);
  });

  test("the measure in use is the one that gives the weights played by, whatever the scenario's", () => {
    const measured = (["cinc", "equal"] as const).map((each) =>
      weighedBy(pooled, each, { players })!,
    );
    expect(measured.map((each) => isWeighedAsPlayed(pooled, each))).toEqual([false, true]);
  });

  test("a measure without figures, and a game without weights, give none", () => {
    expect(weighedBy(pooled, "lowy", { players })).toBeNull();
    expect(weighedBy(arena, "equal", { players })).toBeNull();
    expect(gameClass(HUNT)).toBe("stag_hunt");
  });
});

describe("standing", () => {
  test("trust is the share of what was seen as cooperation; unknown where it is private", () => {
    expect([trust(standing, "CHN", "PHL"), trust(standing, "PHL", "CHN")]).toEqual([0.75, null]);
    expect(trustTies(standing)).toEqual([{ from: "CHN", to: "PHL", value: 0.75 }]);
  });

  test("a series begins before the first round", () => {
    expect(series(standing, [], (now) => trust(now, "CHN", "PHL"))).toEqual([0.75]);
  });

  test("the weakest part is the least share", () => {
    const parts = { cooperation: 0.6, cross_bloc: 0.4, trust: 0.5, autonomy: 0.9, calm: 0.7 };
    expect(weakest({ index: 50, outlook: "contested", ...parts })).toBe("cross_bloc");
  });
});
