// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { BLANK, LOBBY, created, scenario } from "../rules/samples.ts";
import type { GameEvent, OrderSource } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Accounts from "./Accounts.svelte";

async function sheet(source: OrderSource): Promise<string> {
  const round: GameEvent = {
    type: "round_resolved",
    round: 1,
    results: [
      {
        arena: "talks",
        actions: { CHN: "D", PHL: "C" },
        sources: { CHN: source, PHL: "ordered" },
        payoffs: {},
      },
    ],
    gains: {},
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
  const log = [created(scenario()), round];
  const props = { position: LOBBY, log, nameOf: seatNames(scenario()) };
  const shown = mount(Accounts, { target: document.body, props });
  const words = document.body.textContent.replace(/\s+/g, " ");
  await unmount(shown);
  return words;
}

test("the debrief counts what a seat left open, and says what that means", async () => {
  expect(await sheet("defaulted")).toContain("Chose nothing");
  expect(await sheet("defaulted")).toContain("missing choices");
  expect(await sheet("ordered")).not.toContain("Chose nothing");
});
