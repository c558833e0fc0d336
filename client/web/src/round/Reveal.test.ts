// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { BLANK, scenario } from "../rules/samples.ts";
import type { OrderSource, RoundResolved } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Reveal from "./Reveal.svelte";

function opened(source: OrderSource): RoundResolved {
  return {
    type: "round_resolved",
    round: 1,
    results: [
      {
        arena: "talks",
        actions: { CHN: "D", PHL: "C" },
        sources: { CHN: source, PHL: "ordered" },
        payoffs: { CHN: 5, PHL: 0 },
      },
    ],
    gains: { CHN: 5, PHL: 0 },
    at_ms: 3,
    incidents: [],
    standing: BLANK,
    sightings: [],
    breaches: [],
    settlements: {},
    moves: [],
    effects: [],
    pacts: [],
  };
}

/** Summary and tile of China, as China or as Philippines sees them. */
async function seen(source: OrderSource, mine: string): Promise<{ summary: string; tile: string }> {
  const of = scenario();
  const props = { scenario: of, round: opened(source), mine, nameOf: seatNames(of) };
  const shown = mount(Reveal, { target: document.body, props });
  const text = (selector: string) =>
    document.querySelector(selector)!.textContent.replace(/\s+/g, " ").trim();
  const found = { summary: text(".deeds"), tile: text("li") };
  await unmount(shown);
  return found;
}

test.each(["repeated", "defaulted", "kept"] as const)(
  "what nobody chose is never called a deed, in summary or tile: %s",
  async (source) => {
    const { summary, tile } = await seen(source, "CHN");
    expect(summary).toContain("You chose nothing: counted as Defect");
    expect(summary).not.toContain("defected");
    expect(tile).toContain("Chose nothing");
    expect(tile).toContain("counted as Defect");
    expect((await seen(source, "PHL")).tile).toBe(tile);
  },
);

test("what was chosen is a deed", async () => {
  const { summary, tile } = await seen("ordered", "CHN");
  expect(summary).toContain("You defected");
  expect(tile).toContain("Defect");
  expect(tile).not.toContain("nothing");
});
