// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { created, summit, summitInForce } from "../rules/samples.ts";
import type { Action, Effect, Position, Seat, StandingChange } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Endings from "./Endings.svelte";
import Reasons from "./Reasons.svelte";

const SCENE = summit();
const BEFORE: Position = {
  ...fold([created(SCENE)])!,
  rules_version: 2,
  round: 2,
  arenas: summitInForce(),
};

/** What a part of the reveal says to China of a round in which these cooperated in each arena. */
async function said(
  component: typeof Reasons,
  cooperated: Readonly<Record<string, readonly Seat[]>>,
  effects: readonly Effect[] = [],
  number = 2,
  monitoring = 1,
  mine: Seat = "CHN",
  theta = 0,
): Promise<string[]> {
  const results = SCENE.arenas.map(({ name, members }) => {
    const act = (seat: Seat): [Seat, Action] => [
      seat,
      cooperated[name]?.includes(seat) ? "C" : "D",
    ];
    const payoffs: Record<Seat, number> = name === "summit" ? { CHN: 0.35 } : {};
    return chosen(Object.fromEntries(members.map(act)), { arena: name, payoffs });
  });
  const change = {} as unknown as StandingChange;
  const round = resolved(number, { results, effects, change });
  const arenas = BEFORE.arenas.map((each) =>
    each.name === "quad" && each.game.type === "collective"
      ? { ...each, game: { ...each.game, theta } }
      : each,
  );
  const before = { ...BEFORE, arenas, scenario: { ...SCENE, monitoring } };
  const told = { before, round, mine, nameOf: seatNames(SCENE) };
  const shown = mount(component, { target: document.body, props: { told } });
  const found = [...document.querySelectorAll("li")].map((each) =>
    each.textContent.replace(/\s+/g, " ").trim(),
  );
  await unmount(shown);
  return found;
}

test("points are led from the scenario's terms, step by step, to what was paid", async () => {
  const [whole, ...steps] = await said(Reasons, { summit: ["CHN", "USA", "AUS"] });
  expect(whole).toContain("The Summit paid you 0.4 instead of 2.6 on the scenario’s terms:");
  expect(steps).toEqual([
    "2.6, then 2.8, because the institution here makes it easier to cooperate.",
    "2.8, then 0.4, because Quad and AUKUS held the round before, and you are outside.",
  ]);
});

test("a shadow that goes is told from what to what, as the next card will say it", async () => {
  const endings = Endings as unknown as typeof Reasons;
  const adds = "What shadows add to the cost of cooperating for you: 2.4, next round";
  expect(await said(endings, {})).toEqual([`${adds} 0, because Quad and AUKUS did not hold.`]);
  expect(await said(endings, {}, [], SCENE.rounds)).toEqual([]);
  const aukus = { aukus: ["USA", "AUS"] } as const;
  expect(await said(endings, aukus)).toEqual([`${adds} 0.9, because Quad did not hold.`]);
  const effect = { makers: ["USA"], arena: "aukus", first_round: 3, last_round: 4 } as const;
  const move = { ...effect, other_arena: null, members: [], audience: [] } as const;
  expect(await said(endings, aukus, [], 2, 0.9)).toEqual([
    expect.stringContaining("As far as you know, Quad did not hold."),
  ]);
  expect(await said(endings, aukus, [], 2, 0.9, "AUS")).toEqual([
    expect.stringContaining("As far as you know"), // the others may have held it
  ]);
  expect(await said(endings, aukus, [], 2, 0.9, "AUS", 1)).toEqual([
    expect.stringContaining("for China: 2.4, next round 0.9, because Quad did not hold."),
  ]);
  const next = async (kind: Effect["kind"]) => said(endings, aukus, [{ ...move, kind }]);
  expect(await next("exercise")).toEqual([`${adds} 1.35, because Quad did not hold.`]);
  expect(await next("confidence")).toEqual([`${adds} 0.45, because Quad did not hold.`]);
});
