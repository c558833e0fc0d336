import { expect, test } from "vitest";
import { keepBefore } from "../rules/before.ts";
import { fold } from "../rules/evolve.ts";
import { BLANK, created, summit } from "../rules/samples.ts";
import type {
  Action,
  Arena,
  Integration,
  Position,
  RoundResolved,
  Scenario,
  Standing,
} from "../wire/types.ts";
import { dependencyTold, indexTold, normTold } from "./index-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const PARTS = { cooperation: 0.5, cross_bloc: 0.5, trust: 0.5, autonomy: 0.5, calm: 0.5 };

function integration(parts: Partial<Integration>): Integration {
  const all = { ...PARTS, ...parts };
  const product = Object.keys(PARTS).reduce((x, part) => x * all[part as keyof typeof PARTS], 1);
  return { ...all, index: 100 * product ** 0.2, outlook: "contested" };
}

/** The orders of a round, opened: who is named did that, and everybody else defected. */
function opened(
  number: number,
  done: Record<string, Action>,
  [was, is]: readonly [Partial<Standing>, Partial<Standing>],
  of: Scenario = SCENE,
) {
  const standing = { ...BLANK, ...was };
  const before: Position = { ...fold([created(of)])!, rules_version: 2, round: number, standing };
  const results = of.arenas.map(({ name, members }) => ({
    arena: name,
    actions: Object.fromEntries(members.map((seat) => [seat, done[seat] ?? ("D" as const)])),
    payoffs: Object.fromEntries(members.map((seat) => [seat, done[seat] === "C" ? 1 : 0])),
    sources: {},
  }));
  const after = { ...BLANK, ...is };
  const plain = { round: number, results, breaches: [], sightings: [], moves: [] };
  const round = { type: "round_resolved", ...plain, standing: after } as unknown as RoundResolved;
  return { before, round, mine: "USA", nameOf: seatNames(of) };
}

/** Two rounds in a row: the index before and after the second of them. */
function indexes(
  first: Record<string, Action>,
  second: Record<string, Action>,
  parts: Partial<Integration>,
  of = SCENE,
  earlierOf = of,
) {
  const was = { integration: integration({}) };
  const earlier = opened(1, first, [{}, was], earlierOf);
  const last = opened(2, second, [was, { integration: integration(parts) }], of);
  keepBefore(earlier.round, earlier.before);
  const told = { ...last, before: { ...last.before, history: [earlier.round] } };
  return indexTold(told, [earlier.round])?.reasons ?? null;
}

const OPEN = { ...SCENE, arenas: SCENE.arenas.filter(({ exclusive }) => exclusive === 0) };

test("the index says which part moved it most, from where to where, and where that came from", () => {
  const told = indexes(
    { USA: "C" },
    { USA: "C", CHN: "C" },
    { cooperation: 0.7, trust: 0.55 },
    OPEN,
  );
  expect(told).toBe(
    "joint gain rose from 50% to 70%, above all in The Summit, where 2 of 4 cooperated (1 before)",
  );
});

test("a part that moved by less than it is shown by is told as that, up and down", () => {
  const [low, high] = [
    { cooperation: 0.9, cross_bloc: 0.5, trust: 0.5, autonomy: 0.5, calm: 0.5 },
    { cooperation: 0.9045, cross_bloc: 0.503, trust: 0.503, autonomy: 0.503, calm: 0.503 },
  ].map((parts) => ({ integration: integration(parts) }));
  const told = (was: Partial<Standing>, is: Partial<Standing>) =>
    indexTold(opened(2, {}, [was, is]), [])?.reasons;
  expect(told(low!, high!)).toMatch(/ rose by less than one percentage point/);
  expect(told(high!, low!)).toMatch(/ fell by less than one percentage point/);
});

test("an arena that is new, or no longer counts, is told as that", () => {
  const talks = OPEN.arenas.map((arena) => ({ ...arena, name: "talks", title: "The talks" }));
  const both = { ...OPEN, arenas: [...OPEN.arenas, ...talks] };
  const other = { ...OPEN, arenas: talks };
  expect(indexes({}, { USA: "C" }, { cooperation: 0.7 }, other, OPEN)).toContain(
    "above all in The talks, which is new: 1 of 4 cooperated",
  );
  // what is over had reached less of its joint gain than what stays, by the same points
  const costly = both.arenas.map((arena) => {
    const { game } = arena;
    if (arena.name === "summit" || game.type !== "collective") return arena;
    return { ...arena, game: { ...game, terms: game.terms.map((each) => ({ ...each, b: 20 })) } };
  });
  const acts = { USA: "C", CHN: "C" } as const;
  const over = { ...both, arenas: costly };
  expect(indexes(acts, acts, { cooperation: 0.7 }, OPEN, over)).toContain(
    "above all as The talks no longer counts, where 2 of 4 had cooperated",
  );
});

test("a figure that is shown as the same needs no reason, and what fog hides has none", () => {
  expect(indexes({}, {}, { cooperation: 0.501 })).toBe(null);
  const hidden = opened(2, {}, [{ integration: null }, { integration: null }]);
  expect(indexTold(hidden, [])).toBe(null);
  expect(dependencyTold(hidden, "USA", "CHN")).toBe(null);
  expect(normTold(hidden, SCENE.arenas[0] as Arena)).toBe(null);
});

test("who is not told others' trust is told what was played, and no reason that it cannot know", () => {
  expect(indexes({}, {}, { trust: 0.3 }, OPEN)).toBe(
    "trust fell from 50% to 30%, as 4 of 4 choices were Defect",
  );
  expect(indexes({}, {}, { autonomy: 0.3 }, OPEN)).toBe("autonomy fell from 50% to 30%");
});

test("dependency says what the other made of the gains of the round", () => {
  const [was, is] = [
    { dependency: { USA: { CHN: 0.12 } } },
    { dependency: { USA: { CHN: 0.18 } } },
  ];
  const told = dependencyTold(opened(2, {}, [was, is]), "USA", "CHN");
  expect(told?.reasons).toBe("China made 42% of what you gained from cooperation");
  const none = { dependency: { USA: { CHN: 0.096 } } };
  const less = dependencyTold(opened(2, {}, [was, none]), "USA", "CHN");
  expect(less?.reasons).toBe("China made nothing of what you gained from cooperation");
});

test("a norm says who cooperated, and how much of the weight that was", () => {
  const [arena] = SCENE.arenas as readonly [Arena];
  const norms = [{ norms: { summit: 0.5 } }, { norms: { summit: 0.6 } }] as const;
  const told = (done: Record<string, Action>) => normTold(opened(2, done, norms), arena)?.reasons;
  expect(told({})).toBe("nobody there cooperated");
  expect(told({ USA: "C", AUS: "C" })).toMatch(/^\d+% of the weight there cooperated \(/);
  const all = Object.fromEntries(arena.members.map((seat) => [seat, "C" as const]));
  expect(told(all)).toBe("everyone there cooperated");
});
