import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { created, summit } from "../rules/samples.ts";
import type { Action, OpenedMove, Position, RoundResolved, Standing } from "../wire/types.ts";
import {
  affinityTold,
  institutionTold,
  isSeen,
  sizeWords,
  tensionTold,
  trustTold,
} from "./reason-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const RED = { pair: ["CHN", "USA"], of_d: 0, of_c: 0.02, source: "" } as const;
const WITH_RELIEF = summit({
  players: SCENE.players.map((each) => (each.seat === "RED" ? { ...each, influence: RED } : each)),
});

/** A round in which the seats named did what they did, and everybody else cooperated. */
function told(done: Record<string, Action>, moves: readonly OpenedMove[] = [], of = SCENE) {
  const standing = (parts: Partial<Standing>): Standing => ({
    ...(created(of).standing as Standing),
    ...parts,
  });
  const was = standing({
    faith: { USA: { CHN: [1, 1], AUS: [1, 1] } },
    rivals: [{ seats: ["CHN", "USA"], tension: 0.3, is_in_crisis: false, arming_rounds: 0 }],
    institutions: { summit: 0.2, crisis_chn_usa: 0.2 },
  });
  const is = standing({
    faith: { USA: { CHN: [0.9, 2.9], AUS: [1.9, 0.9] } },
    rivals: [{ seats: ["CHN", "USA"], tension: 0.36, is_in_crisis: false, arming_rounds: 0 }],
    institutions: { summit: 0.18, crisis_chn_usa: 0.18 },
    produced: { quad: 1 },
  });
  const before: Position = { ...fold([created(of)])!, rules_version: 2, round: 2, standing: was };
  const results = of.arenas.map(({ name, members }) => ({
    arena: name,
    actions: Object.fromEntries(members.map((seat) => [seat, done[seat] ?? ("C" as const)])),
    sources: {},
    payoffs: {},
  }));
  const plain = { round: 2, results, standing: is, breaches: [], sightings: [], moves };
  const round = plain as unknown as RoundResolved;
  return { before, round, mine: "USA", nameOf: seatNames(of) };
}

test("trust changes by what was seen of the other, arena by arena", () => {
  expect(trustTold(told({ CHN: "D" }), "USA", "CHN")?.reasons).toBe("China defected in The Summit");
  expect(trustTold(told({}), "USA", "AUS")?.reasons).toBe(
    "Australia cooperated in The Summit, Quad, and AUKUS",
  );
});

test("what somebody did in one arena and not in the other is one clause", () => {
  const round = told({});
  const [first, ...rest] = round.round.results;
  const mixed = [{ ...first!, actions: { ...first!.actions, AUS: "D" as const } }, ...rest];
  expect(
    trustTold({ ...round, round: { ...round.round, results: mixed } }, "USA", "AUS")?.reasons,
  ).toBe("Australia cooperated in Quad and AUKUS but defected in The Summit");
});

test("a broken public pact is named first, and what was seen wrongly as it was seen", () => {
  const round = told({ AUS: "D" });
  const breach = { pact: 1, parties: [], seat: "AUS", arena: "quad", forfeited: 0 };
  const broken = { ...round.round, breaches: [{ ...breach, is_public: true }] };
  expect(trustTold({ ...round, round: broken }, "USA", "AUS")?.reasons).toBe(
    "Australia broke a public pact in Quad and Australia defected in The Summit and AUKUS",
  );
  const [first] = round.round.results;
  const sighting = { observer: "USA", result: { ...first!, actions: { CHN: "D" as const } } };
  const misread = { ...round.round, sightings: [sighting] };
  expect(trustTold({ ...round, round: misread }, "USA", "CHN")?.reasons).toContain("defected");
});

test("a breach is no reason for more trust: what speaks against a change is told as that", () => {
  const { round, ...rest } = told({});
  const breach = { pact: 1, parties: [], seat: "AUS", arena: "quad", forfeited: 0 };
  const results = round.results.map((each) =>
    each.arena === "quad" ? { ...each, actions: { ...each.actions, AUS: "D" as const } } : each,
  );
  const broken = { ...round, results, breaches: [{ ...breach, is_public: true }] };
  const said = (alpha: number) => {
    const standing = { ...round.standing, faith: { USA: { AUS: [alpha, 0.9] as const } } };
    return trustTold({ ...rest, round: { ...broken, standing } }, "USA", "AUS")?.reasons;
  };
  expect(said(1.9)).toBe(
    "Australia cooperated in The Summit and AUKUS, although Australia broke a public pact in Quad",
  );
  expect(said(0.5)).toBe(
    "Australia broke a public pact in Quad, although Australia cooperated in The Summit and AUKUS",
  );
});

test("affinity changes where one's own cooperation was met, and a betrayal outweighs", () => {
  const liked = (done: Record<string, Action>, is: number) => {
    const { before, round, ...rest } = told(done);
    const standing = (value: number) => ({ affinity: { USA: { CHN: value } } });
    const was = { ...before, standing: { ...before.standing, ...standing(0) } };
    const after = { ...round, standing: { ...round.standing, ...standing(is) } };
    return affinityTold({ ...rest, before: was, round: after }, "USA", "CHN");
  };
  expect(liked({ CHN: "D" }, -0.1)?.reasons).toBe(
    "China defected in The Summit, where you cooperated",
  );
  expect(liked({}, 0.05)).toMatchObject({ after: 0.05, reasons: "both cooperated in The Summit" });
  expect(liked({ USA: "D", CHN: "D" }, 0)).toBeNull();
  expect(liked({ USA: "D", CHN: "D" }, 0.05)).toBeNull();
});

test("tension changes by the rivals' choices, by blocs and by who is no state", () => {
  const all = told({ CHN: "D", USA: "D" });
  expect(tensionTold(all, ["CHN", "USA"])).toMatchObject({
    before: 0.3,
    after: 0.36,
    reasons:
      "both defected wherever the two met and Quad held, with one of the two inside and the other outside",
  });
  const calm = told({ CHN: "D" }, [], WITH_RELIEF);
  const quiet = { ...calm.round, standing: { ...calm.round.standing, produced: {} } };
  expect(tensionTold({ ...calm, round: quiet }, ["CHN", "USA"])?.reasons).toBe(
    "1 of the 2 choices of both was Defect, although the relief agency lowered tension by 2 percentage points",
  );
});

test("an institution fades where nobody pays for it, and a crisis has none", () => {
  const summitArena = SCENE.arenas[0]!;
  const move = { kind: "fund", arena: "summit", other_arena: null, seats: [] } as const;
  const paid: OpenedMove = { seat: "USA", move, cost: 1, takes_effect: true, audience: [] };
  const why = (moves: readonly OpenedMove[], is: number) => {
    const { round, ...rest } = told({}, moves);
    const standing = { ...round.standing, institutions: { summit: is } };
    return institutionTold({ ...rest, round: { ...round, standing } }, summitArena)?.reasons;
  };
  expect(why([], 0.18)).toBe("nobody paid for it and 10% of it fades each round");
  expect(why([paid], 0.255)).toBe(
    "you paid for it, which added 7.5 percentage points, although 10% of it fades each round",
  );
  expect(why([paid], 0.19)).toBe(
    "10% of it fades each round, although you paid for it, which added 7.5 percentage points",
  );
  expect(institutionTold(told({}), { ...summitArena, name: "crisis_chn_usa" })).toBeNull();
});

test("sizes are percentage points, and what rounds to the same is no change", () => {
  expect(sizeWords(-0.025)).toBe("2.5");
  expect(isSeen({ before: 0.3, after: 0.304 })).toBe(false);
  expect(isSeen({ before: 0.3, after: 0.36 })).toBe(true);
  // the half that a sum missed is shown as a half: "29%, now 29%" told a change
  expect(isSeen({ before: 0.95 * 0.3, after: 0.29 })).toBe(false);
});
