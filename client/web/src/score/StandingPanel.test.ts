// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { keepBefore } from "../rules/before.ts";
import { fold } from "../rules/evolve.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { BLANK, created, summit } from "../rules/samples.ts";
import { seatNames } from "../words/words.ts";
import StandingPanel from "./StandingPanel.svelte";

/** China's standing to the United States: what it holds of its faith, and how it likes it. */
const held = (bad: number, liking: number) => ({
  ...BLANK,
  faith: { CHN: { USA: [1, bad] as const } },
  affinity: { CHN: { USA: liking } },
});

/** Why trust and affinity changed in a round in which the United States let China down. */
async function reasons(was: typeof BLANK, is: typeof BLANK): Promise<string[]> {
  const of = summit();
  const start = fold([created(of)])!;
  const before = { ...start, rules_version: 2, round: 1, arenas: of.arenas, standing: was };
  const round = resolved(1, {
    results: [chosen({ CHN: "C", USA: "D" }, { arena: "summit" })],
    standing: is,
  });
  keepBefore(round, before);
  const position = { ...before, history: [round], standing: is };
  const perspective = { position, log: [created(of), round], mine: "CHN", nameOf: seatNames(of) };
  const shown = mount(StandingPanel, { target: document.body, props: { perspective } });
  const told = [...document.querySelectorAll("[data-because]")].map((each) =>
    each.textContent.replace(/\s+/g, " ").trim(),
  );
  await unmount(shown);
  return told;
}

test("a change of trust and of affinity is told with its reason", async () => {
  expect(await reasons(held(1, 0), held(3, -0.1))).toEqual([
    "Round 1: 50%, now 25%, because the United States defected in The Summit.",
    "Round 1: 0, now \u22120.1, because the United States defected in The Summit, where you cooperated.",
  ]);
});

test("neither is told where the figure that is shown is the same", async () => {
  expect(await reasons(held(1, 0), held(1.001, -0.001))).toEqual([]);
});

test("how much a choice counts for trust is said by the scenario's own numbers", async () => {
  const of = summit();
  const standing = { ...of.standing, defection_weight: 1.5, breach_weight: 2, trust_memory: 0.75 };
  const position = { ...fold([created({ ...of, standing })])!, standing: held(1, 0) };
  const perspective = { position, log: [created(of)], mine: "CHN", nameOf: seatNames(of) };
  const shown = mount(StandingPanel, { target: document.body, props: { perspective } });
  expect(document.body.textContent).toContain(
    "A defection weighs 1.5 times as much as cooperation, one that breaks a public pact 3 times. What is older counts 25% less each round.",
  );
  await unmount(shown);
});

test("each is told by itself", async () => {
  expect(await reasons(held(1, 0), held(3, -0.001))).toHaveLength(1);
  expect(await reasons(held(1, 0), held(1.001, -0.1))).toHaveLength(1);
});

test("where fog hides norms and dependencies, the scores say so and when they are shown", async () => {
  const of = summit();
  const start = fold([created(of)])!;
  const standing = { ...BLANK, faith: { CHN: { USA: [1, 1] as const } } };
  const hidden = "Fog hides the norm of cooperation and dependencies until the match ends.";
  const texts = [];
  for (const norms of [{ summit: 0.5 }, {}] as Record<string, number>[]) {
    const round = resolved(1, { standing: { ...standing, norms } });
    const position = { ...start, history: [round], standing: { ...standing, norms } };
    const perspective = { position, log: [created(of), round], mine: "CHN", nameOf: seatNames(of) };
    const shown = mount(StandingPanel, { target: document.body, props: { perspective } });
    texts.push(document.body.textContent);
    await unmount(shown);
  }
  expect(texts.map((text) => text.includes(hidden))).toEqual([false, true]);
});
