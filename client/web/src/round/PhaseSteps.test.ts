// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { created, scenario } from "../rules/samples.ts";
import type { Position } from "../wire/types.ts";
import PhaseSteps from "./PhaseSteps.svelte";

async function words(parts: Partial<Position>): Promise<string> {
  const position = { ...fold([created(scenario({ continuation: 0.9 }))])!, ...parts };
  const shown = mount(PhaseSteps, { target: document.body, props: { position } });
  const found = document.body.textContent.replace(/\s+/g, " ").trim();
  await unmount(shown);
  return found;
}

test("a match that is over names its rounds, and no chance of another", async () => {
  expect(await words({ round: 2, phase: "decision" })).toContain("with a probability of 90%");
  const over = await words({ round: 2, phase: "debrief", history: [] });
  expect(over).toContain("0 rounds played");
  expect(over).not.toMatch(/at most|probability/);
});
