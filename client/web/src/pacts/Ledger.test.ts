// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { BREACH, TREATY, chosen, resolved } from "../rules/sample-events.ts";
import { LOBBY, scenario } from "../rules/samples.ts";
import type { Action, GameEvent, Pact } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Ledger from "./Ledger.svelte";

const PACT: Pact = { number: 7, terms: TREATY, first_round: 1, last_round: 2, breakers: [] };

test("the ledger says what a breach does once a pledge is broken", async () => {
  const said = async (action: Action) => {
    const breaches = action === "D" ? [{ ...BREACH, pact: 7, seat: "PHL" }] : [];
    const results = [chosen({ CHN: "C", PHL: action })];
    const log: GameEvent[] = [
      { type: "pact_concluded", round: 1, pact: PACT, at_ms: 1 },
      resolved(1, { results, breaches, pacts: [PACT] }),
    ];
    const perspective = { position: LOBBY, log, mine: null, nameOf: seatNames(scenario()) };
    const props = { perspective: perspective as never };
    const shown = mount(Ledger, { target: document.body, props });
    const text = document.querySelector("section")!.textContent;
    await unmount(shown);
    return text;
  };
  expect(await said("C")).not.toContain("costs no points");
  expect(await said("D")).toContain("counts 2 times as much as another defection");
});
