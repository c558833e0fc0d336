// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { resolved } from "../rules/sample-events.ts";
import { created, summit } from "../rules/samples.ts";
import type { Breach, RoundResolved, StandingChange } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Headline from "./Headline.svelte";

test("a broken treaty is not credited with the trust that came of something else", async () => {
  const of = summit();
  const standing = (alpha: number) => ({
    ...created(of).standing,
    faith: { USA: { AUS: [alpha, 1] as const } },
  });
  const before = { ...fold([created(of)])!, rules_version: 2, standing: standing(1) };
  const parties = ["USA", "AUS"];
  const breach: Breach = {
    pact: 1,
    parties,
    seat: "AUS",
    arena: "quad",
    forfeited: 0,
    is_public: true,
  };
  const results = of.arenas.map(({ name }) => ({
    arena: name,
    actions: { USA: "C", AUS: name === "quad" ? "D" : "C" },
    sources: {},
    payoffs: {},
  }));
  const plain = { round: 1, results, breaches: [breach], sightings: [], standing: standing(2) };
  const round = plain as unknown as RoundResolved;
  const names = { nameOf: seatNames(of), arenas: of.arenas };
  const props = {
    headline: { is: "breach", breach } as const,
    round,
    before,
    mine: "USA",
    ...names,
  };
  const shown = mount(Headline, { target: document.body, props });
  expect(document.querySelector(".small")!.textContent).toContain(
    "Your trust in Australia: 50%, now 67%, because Australia cooperated in The Summit and AUKUS, although",
  );
  await unmount(shown);
  const told = mount(Headline, { target: document.body, props: { ...props, mine: "CHN" } });
  expect(document.querySelector(".small")!.textContent).not.toContain("Your trust");
  await unmount(told);
});

test("who lost least is told so, and in fog that this is what was seen", async () => {
  const words = async (monitoring: number, points: number) => {
    const of = summit({ monitoring });
    const before = { ...fold([created(of)])!, rules_version: 2 };
    const round = { ...resolved(1), standing: before.standing, change: {} as StandingChange };
    const headline = { is: "gain", seats: ["USA"], points } as const;
    const names = { nameOf: seatNames(of), arenas: of.arenas };
    const props = { headline, round, before, mine: "USA", ...names };
    const shown = mount(Headline, { target: document.body, props });
    const text = document.body.textContent;
    await unmount(shown);
    return text;
  };
  expect(await words(1, -0.5)).toContain("You lost least");
  expect(await words(1, 0.5)).toContain("You gained most");
  expect(await words(1, 0.5)).not.toContain("As you saw it");
  expect(await words(0.9, 0.5)).toContain("As you saw it: fog may have misled you.");
});
