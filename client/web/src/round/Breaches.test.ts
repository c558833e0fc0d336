// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { resolved } from "../rules/sample-events.ts";
import { summit } from "../rules/samples.ts";
import type { Breach } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Breaches from "./Breaches.svelte";

test("a broken pledge says what the breach does, to trust and to points", async () => {
  const scenario = summit();
  const breach = { pact: 1, parties: ["USA", "AUS"], seat: "AUS", arena: "quad", forfeited: 0 };
  const said = async (is_public: boolean, mine = "USA") => {
    const breaches: Breach[] = [{ ...breach, is_public }];
    const round = { ...resolved(1), breaches };
    const props = { round, scenario, mine, nameOf: seatNames(scenario) };
    const shown = mount(Breaches, { target: document.body, props });
    const text = document.querySelector("[data-breach]")!.textContent.replace(/\s+/g, " ");
    await unmount(shown);
    return text;
  };
  expect(await said(true)).toContain(
    "it counts 2 times as much as another defection. Beyond a stake it costs no points.",
  );
  expect(await said(false)).toContain("it counts as much as any other defection");
  expect(await said(true)).toContain("Australia broke its pledge in Quad.");
  expect(await said(true, "AUS")).toContain("You broke your pledge in Quad.");
});
