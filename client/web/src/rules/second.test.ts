/** What the browser makes of rules 2: effort, rungs, shadows, and lines of points. */
import { expect, test } from "vitest";
import type { Incident, Position, RoundResolved } from "../wire/types.ts";
import { hasBlocs, shades } from "./blocs.ts";
import { effortOf } from "./effort.ts";
import { fold } from "./evolve.ts";
import { linesOf, linesOver } from "./gains.ts";
import { hasRungs, rivalries } from "./rungs.ts";
import { BLANK, created, scenario, summit, summitInForce, WARY } from "./samples.ts";

function ordered(actions: Readonly<Record<string, "C" | "D">>, version = 2): Position {
  const at = fold([{ ...created(summit()), rules_version: version }])!;
  return { ...at, orders: { USA: actions } };
}

test("a commitment beyond capacity is priced beside the others, a crisis is none", () => {
  expect(effortOf(ordered({}), "USA", "summit")).toBeNull();
  const one = ordered({ quad: "C", crisis_chn_usa: "C" });
  expect(effortOf(one, "USA", "summit")).toEqual({ nth: 2, capacity: 1, price: 1.5 });
  expect(effortOf(one, "USA", "quad")).toBeNull();
  expect(effortOf(one, "USA", "crisis_chn_usa")).toBeNull();
  const two = ordered({ quad: "C", aukus: "C", summit: "C" });
  expect(effortOf(two, "USA", "summit")?.price).toBe(3);
  expect(effortOf(ordered({ quad: "C" }, 1), "USA", "summit")).toBeNull();
});

test("rivals stand on rungs, and in fog where the arenas played give them away", () => {
  const of = summit();
  const pair = {
    seats: ["CHN", "USA"] as const,
    tension: 0.9,
    is_in_crisis: true,
    arming_rounds: 0,
    rung: 3,
  };
  expect(rivalries(of, { ...BLANK, rivals: [pair] })[0]).toMatchObject({ rung: "brink" });
  expect(rivalries(of, BLANK)[0]).toMatchObject({ rung: null, tension: null });
  const arena = { ...of.arenas[0]!, name: "crisis_chn_usa", members: ["CHN", "USA"] };
  expect(rivalries({ ...of, arenas: [arena] }, BLANK)[0]!.rung).toBe("crisis");
  const strained = { ...of.arenas[0]!, changes: [WARY] };
  expect(rivalries({ ...of, arenas: [strained] }, BLANK)[0]!.rung).toBe("strained");
  const told = { incidents: [{ concept: "crisis", seats: ["USA", "CHN"] } as unknown as Incident] };
  expect(rivalries({ ...of, arenas: [strained] }, BLANK, told)[0]!.rung).toBe("crisis");
  expect(rivalries({ ...of, arenas: summitInForce() }, BLANK)[0]!.rung).toBe("calm");
  expect([hasRungs(of), hasRungs(scenario())]).toEqual([true, false]);
});

test("a shadow is read from the terms in force, as strong as it is long", () => {
  const [shade] = shades({ ...summit(), arenas: summitInForce() });
  expect(shade).toMatchObject({ seat: "CHN", blocs: ["quad", "aukus"] });
  expect(shade!.strength).toBeCloseTo(0.8);
  expect(shades(summit())).toEqual([]);
  expect([hasBlocs(summit()), hasBlocs(scenario())]).toEqual([true, false]);
});

const PLAYED = {
  round: 1,
  results: [{ arena: "summit", actions: {}, sources: {}, payoffs: { CHN: 4, USA: 2 } }],
  incidents: [{ seats: ["CHN"], cost: 1 }],
  moves: [{ seat: "USA", cost: 0.5 }],
  settlements: {},
} as unknown as RoundResolved;

test("points come in lines of a kind; a round of rules 1 is summed into them", () => {
  expect([...linesOf(PLAYED)]).toEqual([
    ["arenas", { CHN: 4, USA: 2 }],
    ["incidents", { CHN: -1 }],
    ["moves", { USA: -0.5 }],
  ]);
  const change = { ...BLANK, produced: {}, keeps: "all" } as const;
  const second = { ...PLAYED, change, lines: { shadow: { CHN: -1.2 } } };
  expect([...linesOf(second).keys()]).toEqual(["arenas", "shadow"]);
  expect(linesOver([second, second]).get("shadow")).toEqual({ CHN: -2.4 });
});
