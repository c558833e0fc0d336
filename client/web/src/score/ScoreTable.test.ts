// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { RoundResolved } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import GainTable from "./GainTable.svelte";
import ScoreTable from "./ScoreTable.svelte";

const START = created(scenario());

/** What a table of scores says of rounding, after these rounds. */
async function said(table: typeof ScoreTable, rounds: readonly RoundResolved[]) {
  const log = [START, ...rounds];
  const position = fold(log)!;
  const nameOf = seatNames(position.scenario);
  const perspective = { position, log, mine: "CHN", nameOf, isWhole: true } as never;
  const shown = mount(table, { target: document.body, props: { perspective } });
  const found = document.querySelector("[data-rounded]")?.textContent;
  await unmount(shown);
  return found;
}

const gained = (round: number, CHN: number) => resolved(round, { gains: { CHN, PHL: 1 } });

test("a total that is not the sum of the points shown before it says that they are rounded", async () => {
  expect(await said(ScoreTable, [])).toBeUndefined();
  expect(await said(ScoreTable, [gained(1, 0.96)])).toBeUndefined();
  expect(await said(ScoreTable, [gained(1, 0.96), gained(2, 15.75)])).toContain("a tenth");
  expect(await said(ScoreTable, [gained(1, 1), gained(2, 15.75)])).toBeUndefined();
});

test("what points are made of says it too, where the kinds do not add up as shown", async () => {
  const made = (arenas: number, pacts: number) => [
    resolved(1, {
      results: [{ arena: "talks", actions: {}, sources: {}, payoffs: { CHN: arenas } }],
      settlements: { CHN: pacts },
      gains: { CHN: arenas + pacts },
    }),
  ];
  const table = GainTable as unknown as typeof ScoreTable;
  expect(await said(table, made(1.9, -0.5))).toBeUndefined();
  expect(await said(table, made(1.9, -0.25))).toContain("a tenth");
});
