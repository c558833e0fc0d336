// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { summit, summitInForce } from "../rules/samples.ts";
import type { Arena, Collective, Seat } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import ArenaNumbers from "./ArenaNumbers.svelte";

const [PLAIN] = summit().arenas as [Arena];
const [IN_FORCE] = summitInForce() as [Arena];
const noted = { status: "assumed", source: "a stated reason" } as const;
const notes = {
  overrides: [{ ...noted, member: "CHN", parameter: "g", value: 1.5 }],
  grounds: [
    { ...noted, parameter: "c" },
    { ...noted, parameter: "b" },
  ],
};

async function said(now: Arena, seat: Seat, written: Arena | undefined): Promise<string[]> {
  const props = { arena: { ...now, ...notes }, written, seat, nameOf: seatNames(summit()) };
  const shown = mount(ArenaNumbers, { target: document.body, props });
  const lines = [...document.querySelectorAll("li")].map((li) =>
    li.firstChild!.textContent!.trim(),
  );
  await unmount(shown);
  return lines;
}

test("a source stands beside the scenario's number, and this round's beside it where it is another", async () => {
  const game = IN_FORCE.game as Collective;
  const terms = game.terms.map((each, i) => (i === 0 ? { ...each, g: 0.25 } : each));
  const linked: Arena = { ...IN_FORCE, game: { ...game, terms } };
  expect(await said(linked, "CHN", PLAIN)).toEqual([
    "Only for you: the temptation to exploit cooperators is 1.5, this round 0.25",
    "the cost of cooperating (c): 2, this round 4.3",
    "the benefit of the public good (b): 7",
  ]);
  expect((await said(linked, "USA", PLAIN))[0]).toBe(
    "Only for China: the temptation to exploit cooperators is 1.5, this round 0.25",
  );
  expect((await said(PLAIN, "CHN", undefined))[1]).toBe("the cost of cooperating (c): 2");
});
