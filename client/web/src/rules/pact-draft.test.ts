import { expect, test } from "vitest";
import { scenario } from "./samples.ts";
import type { Arena, Pact, Position } from "../wire/types.ts";
import {
  conflictsOf,
  draftIn,
  draftOf,
  heldTo,
  lacksOf,
  stakesNeeded,
  termsOf,
  withArena,
  withParty,
  withPledge,
} from "./pact-draft.ts";

const talks = scenario().arenas[0]!;
const wide: Arena = {
  ...talks,
  name: "wide",
  members: ["CHN", "PHL", "VNM"],
  game: { type: "bimatrix", row: { T: 3, R: 4, P: 2, S: 0 }, column: { T: 3, R: 4, P: 2, S: 0 } },
};
const ARENAS = [talks, wide];
const ORDER = ["CHN", "PHL", "VNM"];

test("a draft from a card has all its members cooperate", () => {
  const terms = termsOf(draftIn(talks, "CHN", 8), ARENAS);
  expect(terms).toMatchObject({ parties: ["CHN", "PHL"], rounds: 3, binding: "treaty", stake: 0 });
  expect(terms.pledges.map(({ seat, action }) => seat + action)).toEqual(["CHNC", "PHLC"]);
});

test("it never holds for more rounds than are left", () => {
  expect(draftIn(talks, "CHN", 1).rounds).toBe(1);
});

test("of a crowd it names me and as many others as the server takes", () => {
  const members = Array.from({ length: 20 }, (_, i) => `S${i}`);
  const { parties, pledges } = draftIn({ ...talks, members }, "S19", 8);
  expect(parties).toEqual([...members.slice(0, 11), "S19"]);
  expect(Object.keys(pledges["talks"]!)).toEqual(parties);
});

test("terms, countered without a change, are the same terms", () => {
  const terms = {
    ...termsOf(draftIn(talks, "CHN", 8), ARENAS),
    binding: "escrow" as const,
    stake: 2.5,
    is_conditional: true,
  };
  expect(termsOf(draftOf(terms), ARENAS)).toEqual(terms);
});

test("a party that joins pledges in the arenas on the table that it is in, and none when it leaves", () => {
  const draft = withArena(draftIn(talks, "CHN", 8), wide, true);
  const joined = withParty(draft, "VNM", true, ORDER, ARENAS);
  expect(joined.parties).toEqual(ORDER);
  expect(joined.pledges).toMatchObject({
    talks: { CHN: "C", PHL: "C" },
    wide: { CHN: "C", PHL: "C", VNM: "C" },
  });
  const left = withParty(
    { ...joined, transfers: [{ giver: "VNM", taker: "CHN", points: 1 }] },
    "VNM",
    false,
    ORDER,
    ARENAS,
  );
  expect(left.transfers).toEqual([]);
  expect(termsOf(left, ARENAS).pledges.some(({ seat }) => seat === "VNM")).toBe(false);
});

test("a pledge can be turned and taken back", () => {
  const turned = withPledge(draftIn(talks, "CHN", 8), "talks", "PHL", "D");
  expect(turned.pledges["talks"]).toEqual({ CHN: "C", PHL: "D" });
  expect(withPledge(turned, "talks", "PHL", null).pledges["talks"]).toEqual({ CHN: "C" });
});

test("what is missing is named", () => {
  const empty = draftIn(null, "CHN", 8);
  expect(lacksOf(empty, ARENAS)).toEqual(["party", "pledge"]);
  const full = {
    ...draftIn(talks, "CHN", 8),
    binding: "escrow" as const,
    transfers: [{ giver: "CHN", taker: "CHN", points: 1 }],
  };
  expect(lacksOf(full, ARENAS)).toEqual(["stake", "transfer"]);
  expect(lacksOf({ ...full, stake: 1, transfers: [] }, ARENAS)).toEqual([]);
});

test("a stake outside escrow is left out", () => {
  expect(termsOf({ ...draftIn(talks, "CHN", 8), stake: 5 }, ARENAS).stake).toBe(0);
});

test("the stake that is needed is what makes cooperating best in every case, over all pledges to cooperate", () => {
  expect(stakesNeeded(draftIn(talks, "CHN", 8), ARENAS)).toEqual(
    new Map([
      ["CHN", 2],
      ["PHL", 2],
    ]),
  );
  expect(
    stakesNeeded(withPledge(draftIn(talks, "CHN", 8), "talks", "PHL", "D"), ARENAS).has("PHL"),
  ).toBe(false);
});

test("an older pact with the other action is a conflict", () => {
  const terms = termsOf(withPledge(draftIn(talks, "CHN", 8), "talks", "CHN", "D"), ARENAS);
  const pact: Pact = { number: 1, terms, first_round: 1, last_round: 3, breakers: [] };
  const position = { arenas: ARENAS, pacts: [pact], round: 2 } as Pick<
    Position,
    "arenas" | "pacts" | "round"
  >;
  expect(conflictsOf(draftIn(talks, "CHN", 8), position)).toEqual([
    { seat: "CHN", arena: "talks", action: "D" },
  ]);
});

test("terms that answer a proposal must differ from it", () => {
  const theirs = termsOf(draftIn(talks, "CHN", 8), ARENAS);
  expect(lacksOf(draftOf(theirs), ARENAS, theirs)).toEqual(["same"]);
  expect(lacksOf({ ...draftOf(theirs), rounds: theirs.rounds + 1 }, ARENAS, theirs)).toEqual([]);
  expect(lacksOf(draftOf(theirs), ARENAS)).toEqual([]);
});

test("a counter to terms that outlast the match is for the rounds that are left", () => {
  const draft = draftIn(talks, "CHN", 8);
  expect(
    [4, 2.4, 0, Number.NaN, 9].map((rounds) => heldTo({ ...draft, rounds }, 3).rounds),
  ).toEqual([3, 2, 1, 1, 3]);
});
