// @vitest-environment jsdom
import { expect, test } from "vitest";
import { scenario, summit } from "../rules/samples.ts";
import type { Arena, Collective, Change, Effect, MoveOffer } from "../wire/types.ts";
import { arenaTitle } from "./words.ts";
import { costOf, effectWords, idleWords, offerWords, spanWords } from "./move-words.ts";

test("a move costs what the scenario says, and a mediator nothing", () => {
  const of = scenario();
  const costs = of.moves.allowed.map((kind) => costOf({ kind, seats: [] }, of, false));
  expect(costs).toEqual([0.5, 0, 0.5, 2, 0, 1, 0]);
  const source = { kind: "diversify", seats: ["CHN"] } as const;
  expect([costOf(source, of, true), costOf(source, of, false)]).toEqual([1, 2]);
});

test("what a move leaves is told to last until the match ends, and no longer", () => {
  const told = (last_round: number | null) => spanWords({ first_round: 4, last_round }, 5);
  expect([4, 5, 7, null].map(told)).toEqual([
    "Round 4",
    "Rounds 4 to 5",
    "Rounds 4 to 5",
    "From round 4 on, permanently",
  ]);
});

/** What a link of two arenas is said to change. */
function linkWords(...changes: Partial<Change>[]): string[] {
  const { arenas } = scenario();
  const g = { figure: "g", arena: "talks", seats: ["CHN"], before: 2, after: 2 } as const;
  const offer = {
    move: { kind: "link", arena: "talks", other_arena: "reef", seats: [] },
    changes: changes.map((change) => ({ ...g, ...change })),
    partners: [],
  } as unknown as MoveOffer;
  return offerWords(offer, { arenas, nameOf: (seat) => seat, mine: "CHN", isSecond: true });
}

const LATER = "How much depends on what both arenas pay; it is not known yet.";

test("a link that changes nothing yet says so, and shows no empty or equal figures", () => {
  expect(linkWords()).toEqual([LATER]);
  expect(linkWords({})).toEqual([LATER]);
  expect(linkWords({ after: 1.5 })).toEqual([
    "Temptation to exploit, you: 2 without this move, 1.5 with it",
  ]);
});

test("where no future is long enough, that is said in words", () => {
  expect(linkWords({ figure: "delta", seats: [], before: null, after: 0.4 })).toEqual([
    "Shadow of the future needed for cooperation (δ*): no future is enough without this move, 0.4 with it",
  ]);
});

test("nothing that a move left in force is said to count beyond the last round", () => {
  const { arenas } = scenario();
  const names = { arenas, nameOf: (seat: string) => seat, mine: null, isSecond: true };
  const link = { kind: "link", makers: ["CHN"], last_round: 7 } as unknown as Effect;
  const said = [5, 9].map((rounds) => effectWords(link, names, rounds));
  expect(said).toEqual([
    expect.stringContaining("to round 5"),
    expect.stringContaining("to round 7"),
  ]);
});

test("a link says that it changes nothing where nothing held in the other arena", () => {
  const { arenas } = summit();
  const [talks, reef] = arenas as [Arena, Arena];
  const names = { arenas, nameOf: (seat: string) => seat, mine: null, isSecond: true };
  const link = { kind: "link", arena: talks.name, other_arena: reef.name } as unknown as Effect;
  const change = { parameter: "g", cause: "link", seats: ["CHN"], factor: 1, added: -1 } as const;
  const counting = { ...talks, changes: [{ ...change, because: [reef.name] }] };
  const nothing = `Nothing held in ${arenaTitle(reef)} last round, so it changes nothing here.`;
  const none = () => 0;
  const said = (effect: Effect, arena: Arena, seemed: (arena: string) => number = none) =>
    idleWords(effect, arena, names, arenas, seemed);
  expect(said(link, talks)).toBe(nothing);
  expect(said(link, reef)).toContain(arenaTitle(talks));
  expect(said(link, counting)).toBe("");
  expect(said({ ...link, kind: "restraint" }, talks)).toBe("");
  expect(idleWords(link, talks, { ...names, isSecond: false }, arenas, none)).toBe("");
  expect(said(link, talks, (arena) => (arena === reef.name ? 1 : 0))).toBe(
    `In truth nothing held in ${arenaTitle(reef)} last round, whatever fog showed, so it changes nothing here.`,
  );
});

test("a link with an arena that its maker joined says that nobody else here gains from that", () => {
  const { arenas } = summit();
  const [talks, reef] = arenas as [Arena, Arena];
  const names = { arenas, nameOf: (seat: string) => seat, mine: null, isSecond: true };
  const link = { kind: "link", arena: talks.name, other_arena: reef.name } as unknown as Effect;
  const own = { ...talks, members: ["CHN"] };
  const joined = { ...reef, members: [...reef.members, "CHN"] };
  const apart = `Nobody here was a member of ${arenaTitle(reef)} from the start and gains from it, so it changes nothing here.`;
  expect(idleWords(link, own, { ...names, arenas: [own, joined] }, arenas, () => 0)).toBe(apart);
  const game = reef.game as Collective;
  const barren = { ...reef, game: { ...game, terms: game.terms.map((x) => ({ ...x, b: 0 })) } };
  expect(idleWords(link, talks, names, [talks, barren], () => 0)).toBe(apart);
});
