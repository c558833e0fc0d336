// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { TREATY } from "../rules/sample-events.ts";
import { fold } from "../rules/evolve.ts";
import { created, scenario } from "../rules/samples.ts";
import type { Pact, PactTerms, Position, Seat } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import PactCard from "./PactCard.svelte";

/** A pact in force, as one of its parties reads it. */
async function read(
  terms: Partial<PactTerms>,
  mine: Seat,
  breakers: readonly Seat[] = [],
  of = scenario(),
  last_round = 2,
): Promise<string> {
  const pact: Pact = {
    number: 7,
    terms: { ...TREATY, ...terms },
    first_round: 1,
    last_round,
    breakers,
  };
  const position: Position = { ...fold([created(of)])!, phase: "decision", round: 2 };
  const told = { position, mine, nameOf: seatNames(of) };
  const shown = mount(PactCard, { target: document.body, props: { pact, ...told } });
  const text = document.querySelector("article")!.textContent.replace(/\s+/g, " ");
  await unmount(shown);
  return text;
}

test("a pact that is longer than its match is told to end with it", async () => {
  expect(await read({}, "CHN", [], scenario({ rounds: 5 }))).toContain(
    "Rounds 1 to 2 · 1 round left",
  );
  const cut = await read({}, "CHN", [], scenario({ rounds: 2 }), 8);
  expect(cut).toContain("Rounds 1 to 2 · 1 round left");
});

test("a pact says what a breach of it does, to trust and to points", async () => {
  expect(await read({}, "CHN")).toContain(
    "It costs 2 times the trust that a defection costs, and no points.",
  );
  expect(await read({ binding: "communique" }, "CHN")).toContain(
    "Only the parties learn of a breach. It costs as much trust as any defection, and no points.",
  );
  expect(await read({ binding: "escrow", stake: 2 }, "CHN")).toContain(
    "2 times the trust that a defection costs. In addition, the stake is divided",
  );
  expect(await read({ binding: "executed" }, "CHN")).toContain("It cannot be broken.");
});

test("its reader is you, and comes first", async () => {
  expect(await read({}, "CHN", ["PHL", "CHN"])).toContain(
    "You and the Philippines broke it last round.",
  );
  expect(await read({}, "PHL")).toContain("Between you and China");
});

test("one point is no points", async () => {
  const transfers = [
    { giver: "CHN", taker: "PHL", points: 1 },
    { giver: "PHL", taker: "CHN", points: 2.5 },
  ];
  const said = await read({ transfers }, "CHN");
  expect(said).toContain("You give the Philippines 1 point per round.");
  expect(said).toContain("The Philippines gives you 2.5 points per round.");
});
