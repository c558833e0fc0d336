// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { TREATY } from "../rules/sample-events.ts";
import { fold } from "../rules/evolve.ts";
import { created, scenario } from "../rules/samples.ts";
import type { Pact, Seat } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import PactStrip from "./PactStrip.svelte";

/** What the card of an arena says to China of a pact with the Philippines there. */
async function said(is_conditional: boolean, breakers: readonly Seat[]): Promise<string> {
  const arena = scenario().arenas.find(({ name }) => name === TREATY.pledges[0]!.arena)!;
  const pledge = (seat: Seat) => ({ seat, arena: arena.name, action: "C" as const });
  const terms = { ...TREATY, is_conditional, pledges: [pledge("CHN"), pledge("PHL")] };
  const pact: Pact = { number: 1, terms, first_round: 1, last_round: 4, breakers };
  const position = { ...fold([created(scenario())])!, round: 2, pacts: [pact] };
  const props = { position, arena, seat: "CHN", nameOf: seatNames(scenario()), chosen: null };
  const rest = { canBargain: false, onpacts: () => undefined };
  const shown = mount(PactStrip, { target: document.body, props: { ...props, ...rest } });
  const text = document.body.textContent.replace(/\s+/g, " ");
  await unmount(shown);
  return text;
}

test("whom a broken pact no longer binds is told, and why", async () => {
  expect(await said(true, ["CHN"])).toContain(
    "You broke this pact, so it no longer binds the Philippines.",
  );
  expect(await said(true, [])).not.toContain("no longer binds");
  expect(await said(false, ["CHN"])).not.toContain("no longer binds");
});
