// @vitest-environment jsdom
/** What a reveal in fog says of what its reader saw wrongly, of a hidden tension, and to who was not there. */
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { producedIn, tensionParts } from "../rules/change-reasons.ts";
import { resolved } from "../rules/sample-events.ts";
import { created, summit, summitInForce } from "../rules/samples.ts";
import { storyOf } from "../words/story.ts";
import type {
  Action,
  Pact,
  Position,
  RoundResolved,
  Scenario,
  Seat,
  StandingChange,
} from "../wire/types.ts";
import { affinityTold } from "../words/reason-words.ts";
import { seatNames } from "../words/words.ts";
import ArenaOutcome from "./ArenaOutcome.svelte";
import Relations from "./Relations.svelte";

const RED = { pair: ["CHN", "USA"], of_d: 0, of_c: 0.02, source: "" } as const;
const plain = summit({ monitoring: 0.9 });
const SCENE: Scenario = {
  ...plain,
  players: plain.players.map((each) => (each.seat === "RED" ? { ...each, influence: RED } : each)),
};
const PACT: Pact = {
  number: 1,
  terms: {
    parties: ["USA", "AUS"],
    pledges: [{ seat: "AUS", arena: "quad", action: "C" }],
    transfers: [],
    rounds: 1,
    binding: "communique",
    stake: 0,
    is_conditional: false,
  },
  first_round: 1,
  last_round: 1,
  breakers: [],
};

const START = created(SCENE);
const BEFORE: Position = {
  ...fold([START])!,
  rules_version: 2,
  round: 1,
  arenas: summitInForce(),
  pacts: [PACT],
  standing: { ...START.standing!, rivals: [] },
};

/** A round in which all cooperated, but for who defected in the eyes of the reader. */
function round(defected: readonly Seat[]) {
  const results = SCENE.arenas.map(({ name, members }) => ({
    arena: name,
    actions: Object.fromEntries(
      members.map((seat): [Seat, Action] => [seat, defected.includes(seat) ? "D" : "C"]),
    ),
    sources: {},
    payoffs: {},
  }));
  const change = {} as unknown as StandingChange;
  return resolved(1, { results, pacts: [PACT], standing: BEFORE.standing, change });
}

async function shown(component: typeof Relations, props: object): Promise<string> {
  const made = mount(component, { target: document.body, props: props as never });
  const text = document.body.textContent.replace(/\s+/g, " ");
  await unmount(made);
  return text;
}

const nameOf = seatNames(SCENE);
const quad = (defected: readonly Seat[], mine: Seat | null) => {
  const of = round(defected);
  const [, arena] = BEFORE.arenas;
  const result = of.results[1]!;
  const props = { arena, number: 2, result, mine, nameOf, before: BEFORE, round: of };
  return shown(ArenaOutcome as unknown as typeof Relations, props);
};

test("a pledge that was kept and seen broken is told as both, at the reveal and in the log", async () => {
  expect(await quad(["AUS"], "USA")).toContain("fog misled you: Cooperate");
  expect(await quad(["AUS"], "USA")).toContain(
    "Australia chose Cooperate in truth: a pact shows it. Your trust goes by what you saw.",
  );
  expect(await quad([], "USA")).not.toContain("fog");
  const concluded = { type: "pact_concluded", round: 1, pact: PACT, at_ms: 1 } as const;
  const opens = { type: "phase_opened", round: 1, phase: "decision", at_ms: 1, deadline_ms: null };
  const log = [START, opens as never, concluded, round(["AUS"])];
  const ear = { seat: "USA", person: null, name: null };
  expect(storyOf(log, ear).map(({ text }) => text)).toContain(
    "Australia kept a pact in Quad. You saw Defect: fog misled you.",
  );
});

test("a hidden tension rose or fell by what was seen, and every cause of it is told", async () => {
  const said = (of: RoundResolved, mine: Seat | null, before = BEFORE) =>
    shown(Relations, { told: { before, round: of, mine, nameOf }, scenario: before.scenario });
  const pairs = { CHN: "you and the United States", USA: "you and China" } as const;
  for (const mine of ["CHN", "USA", "AUS", null])
    expect(await said(round([]), mine)).toContain(
      `Tension between ${pairs[mine as "CHN"] ?? "China and the United States"} fell, as far as you know, because both cooperated wherever the two met and the relief agency calmed both, although Quad and AUKUS held, with one of the two inside and the other outside. Fog hides by how much.`,
    );
  expect(await said(round(["CHN", "USA"]), "AUS")).toContain(
    "rose, as far as you know, because both defected wherever the two met and Quad and AUKUS held, with one of the two inside and the other outside, although the relief agency calmed both. Fog",
  );
});

test("two who press on in their crisis are told at the brink with that round, and not the next", async () => {
  const arena = { ...BEFORE.arenas[0]!, name: "crisis_chn_usa", members: ["CHN", "USA"] };
  const before = { ...BEFORE, arenas: [arena] };
  const said = (CHN: Action) => {
    const results = [{ ...round([]).results[0]!, arena: arena.name, actions: { CHN, USA: "D" } }];
    const of = { ...round([]), results } as RoundResolved;
    const told = { before, round: of, mine: "AUS", nameOf };
    return shown(Relations, { told, scenario: { ...SCENE, arenas: before.arenas } });
  };
  expect(await said("D")).toContain(
    "China and the United States: crisis, now brink, because both pressed on in their crisis, as far as you know.",
  );
  expect(await said("C")).toContain(
    "rose, as far as you know, because 1 of the 2 choices of both was Defect",
  );
});

test("who is not in an arena is told at the reveal why its numbers are not as written", async () => {
  const of = round([]);
  const [arena] = BEFORE.arenas;
  const props = { arena, number: 1, result: of.results[0]!, nameOf, before: BEFORE, round: of };
  const card = ArenaOutcome as unknown as typeof Relations;
  const shadow = "China, the cost of cooperating: 1.9, now 4.3, because Quad and AUKUS held";
  expect(await shown(card, { ...props, mine: null })).toContain(shadow);
  expect(await shown(card, { ...props, mine: "AUS" })).toContain(shadow);
  expect(await shown(card, { ...props, mine: "CHN" })).not.toContain(shadow);
});

test("an institution that somebody paid for, or no longer does, is told; one that fades is not", async () => {
  const standing = (strength: number) => ({ ...BEFORE.standing, institutions: { quad: strength } });
  const move = { kind: "fund", arena: "quad", other_arena: null, seats: [] } as const;
  const paid = [{ seat: "AUS", move, cost: 0.5, takes_effect: true, audience: [] }];
  const said = (isPaid: boolean, wasPaid: boolean) => {
    const was = wasPaid ? [{ ...round([]), moves: paid }] : [];
    const before = { ...BEFORE, standing: standing(0.3), history: was };
    const of = { ...round([]), standing: standing(isPaid ? 0.4 : 0.27), moves: isPaid ? paid : [] };
    const told = { before, round: of, mine: "USA", nameOf };
    return shown(Relations, { told, scenario: SCENE });
  };
  expect(await said(true, false)).toContain(
    "The institution of Quad: 30%, now 40%, because Australia paid for it, which added 10 percentage points, although 10% of it fades each round.",
  );
  expect(await said(false, true)).toContain(
    "30%, now 27%, because nobody paid for it and 10% of it fades each round.",
  );
  expect(await said(false, false)).not.toContain("institution");
});

test("trust by a choice that was seen wrongly says so", async () => {
  const of = round(["AUS"]);
  const faith = (beta: number) => ({
    ...BEFORE.standing,
    faith: { USA: { AUS: [1, beta] as const } },
  });
  const before = { ...BEFORE, standing: faith(1) };
  const after = { ...of, standing: faith(2) };
  const told = { before, round: after, mine: "USA", nameOf };
  expect(await shown(Relations, { told, scenario: SCENE })).toContain(
    "Your trust in Australia: 50%, now 33%, because Australia defected in The Summit, Quad (you saw that; in truth it was Cooperate), and AUKUS.",
  );
});

test("affinity by a choice that was seen wrongly says so", () => {
  const of = round(["AUS"]);
  const liked = (value: number) => ({ ...BEFORE.standing, affinity: { USA: { AUS: value } } });
  const told = {
    before: { ...BEFORE, standing: liked(0) },
    round: { ...of, standing: liked(-0.1) },
    mine: "USA",
    nameOf,
  };
  expect(affinityTold(told, "USA", "AUS")?.reasons).toBe(
    "Australia defected in The Summit, Quad (you saw that; in truth it was Cooperate), and AUKUS, where you cooperated",
  );
});

test("a shadow and the tension go by what a pact shows, and not by what was seen", async () => {
  const of = round(["AUS"]);
  const quadArena = BEFORE.arenas.find(({ name }) => name === "quad")!;
  expect(producedIn(quadArena, of, [])).toBeLessThan(1);
  expect(producedIn(quadArena, of, [PACT])).toBeCloseTo(1);
  const pledge = { seat: "CHN", arena: "summit", action: "C" } as const;
  const pact = { ...PACT, terms: { ...PACT.terms, parties: ["CHN", "AUS"], pledges: [pledge] } };
  const defected = (pacts: readonly Pact[]) =>
    tensionParts({ ...BEFORE, pacts }, round(["CHN"]), ["CHN", "USA"])
      .filter((part) => part.is === "choices")
      .map((part) => part.defected);
  expect([defected([]), defected([pact])]).toEqual([[1], [0]]);
});
