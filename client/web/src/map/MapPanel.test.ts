// @vitest-environment jsdom
import { mount, tick, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { BLANK, created, summit, summitInForce } from "../rules/samples.ts";
import MapPanel from "./MapPanel.svelte";

/** China's standing, of which it knows what it holds of the United States. */
const known = (good: number, bad: number) => ({
  ...BLANK,
  faith: { CHN: { USA: [good, bad] as const } },
});

/** What the key of China's map says of why its lines are not as they were. */
async function reasons(lines: "trust" | "blocs"): Promise<string[]> {
  const scene = summit();
  const start = fold([created(scene)])!;
  const { arenas } = scene;
  const before = { ...start, rules_version: 2, round: 1, arenas, standing: known(1, 1) };
  const results = [chosen({ CHN: "C", USA: "D" }, { arena: "summit" })];
  const standing = known(1, 3);
  const props = {
    scenario: { ...scene, arenas: summitInForce() },
    ...{ mine: "CHN", standing, before },
    shown: resolved(1, { results, standing }),
  };
  const panel = mount(MapPanel, { target: document.body, props });
  document.querySelector<HTMLInputElement>(`input[value=${lines}]`)!.click();
  await tick();
  const found = [...document.querySelectorAll(".ties [data-because]")].map((x) => x.textContent);
  await unmount(panel);
  return found;
}

test("the map says why its numbers are not those of the round before", async () => {
  expect(await reasons("trust")).toEqual([
    "Round 1: 50%, now 25%, because the United States defected in The Summit.",
  ]);
  expect(await reasons("blocs")).toEqual(["Round 1: 0, now 2.4, because Quad and AUKUS held."]);
});
