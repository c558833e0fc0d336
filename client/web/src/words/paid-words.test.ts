/** What a reveal says of the points of each member of an arena. */
import { expect, test } from "vitest";
import { partsOf } from "../rules/reasons.ts";
import { payoffs } from "../rules/games.ts";
import { summit } from "../rules/samples.ts";
import type { Action, Arena, Seat } from "../wire/types.ts";
import { paidWords } from "./paid-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const [SUMMIT] = SCENE.arenas as [Arena];
const names = { nameOf: seatNames(SCENE), mine: "CHN" };

/** What an arena pays for choices, and what is said of each member. */
function said(arena: Arena, actions: Record<Seat, Action>) {
  const points = payoffs(
    arena.game,
    arena.members.map((seat) => actions[seat]!),
  );
  const paid = Object.fromEntries(arena.members.map((seat, i) => [seat, points[i]!]));
  return {
    paid,
    words: arena.members.map((seat) => paidWords(arena, { actions, payoffs: paid }, seat, names)),
  };
}

test("two who chose alike are told of what their points are made, to the last tenth", () => {
  const { game } = SUMMIT;
  if (game.type !== "collective") throw new Error("the Summit has many members");
  const terms = game.terms.map((each, i) => ({ ...each, b: each.b + i, c: each.c + i / 2 }));
  const own = { ...SUMMIT, game: { ...game, terms } };
  const { words } = said(own, { CHN: "C", USA: "C", AUS: "D", RED: "D" });
  expect(words).toMatchInlineSnapshot(`
    [
      "You: +3.5 from what was produced here, −2 for the cost of cooperating, and −1.3 because others defected (67% of their weight), in all +0.2.",
      "The United States: +4 from what was produced here, −2.5 for the cost of cooperating, and −1.3 because others defected (67% of their weight), in all +0.2.",
      "Australia: +1.8 from what was produced here, +1 from exploiting those who cooperated, and −0.5 from hostility, because others defected (33% of their weight), in all +2.3.",
      "The relief agency: +2 from what was produced here, +1 from exploiting those who cooperated, and −0.5 from hostility, because others defected (33% of their weight), in all +2.5.",
    ]
  `);
});

test("the parts of a member's points add up to them, whatever was chosen", () => {
  for (let bits = 0; bits < 16; bits += 1) {
    const actions = Object.fromEntries(
      SUMMIT.members.map((seat, i): [Seat, Action] => [seat, (bits >> i) & 1 ? "C" : "D"]),
    );
    const { paid } = said(SUMMIT, actions);
    for (const seat of SUMMIT.members) {
      const sum = partsOf(SUMMIT, actions, seat).reduce((all, { points }) => all + points, 0);
      expect(sum).toBeCloseTo(paid[seat]!, 9);
    }
  }
});

test("one part is all there is, and of two members each is named", () => {
  const { game } = SUMMIT;
  if (game.type !== "collective") throw new Error("the Summit has many members");
  const two = { ...game, weights: [0.5, 0.5], terms: game.terms.slice(0, 2), theta: 1 };
  const tie: Arena = { ...SUMMIT, members: ["CHN", "USA"], game: two };
  expect(said(tie, { CHN: "D", USA: "C" }).words).toEqual([
    "You: +1.5 from exploiting the United States.",
    "The United States: −2 for the cost of cooperating and −2 because you defected, in all −4.",
  ]);
});

test("a part that is nothing as shown is not told", () => {
  const { game } = SUMMIT;
  if (game.type !== "collective") throw new Error("the Summit has many members");
  const terms = game.terms.map((each) => ({ ...each, e: 0.03, g: 0.01, d: 0.01 }));
  const { words } = said(
    { ...SUMMIT, game: { ...game, terms } },
    { CHN: "C", USA: "C", AUS: "D", RED: "D" },
  );
  expect(words.slice(1, 3)).toEqual([
    "The United States: +3.5 from what was produced here and −2 for the cost of cooperating, in all +1.5.",
    "Australia: +1.4 from what was produced here, in all +1.4.",
  ]);
});

test("who gets nothing is told why, and two at a table are told of its cell", () => {
  const { game } = SUMMIT;
  if (game.type !== "collective") throw new Error("the Summit has many members");
  const terms = game.terms.map((each) => ({ ...each, d: 0 }));
  const idle = { ...SUMMIT, game: { ...game, terms } };
  expect(said(idle, { CHN: "D", USA: "D", AUS: "D", RED: "D" }).words[1]).toBe(
    "The United States: 0, because nothing was produced here.",
  );
  const corners = { T: 5, R: 3, P: 1, S: 0 };
  const pair: Arena = {
    ...SUMMIT,
    members: ["CHN", "USA"],
    game: { type: "bimatrix", row: corners, column: corners },
  };
  expect(said(pair, { CHN: "C", USA: "D" }).words).toEqual([
    "You cooperated and the United States defected: the table of this arena pays you 0.",
    "The United States defected and you cooperated: the table of this arena pays the United States +5.",
  ]);
});
