// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { chosen, resolved } from "../rules/sample-events.ts";
import { LOBBY, created, scenario } from "../rules/samples.ts";
import type { OrderSource } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Accounts from "./Accounts.svelte";

async function sheet(source: OrderSource): Promise<string> {
  const sources = { CHN: source, PHL: "ordered" } as const;
  const result = chosen({ CHN: "D", PHL: "C" }, { sources });
  const log = [created(scenario()), resolved(1, { results: [result] })];
  const perspective = { position: LOBBY, log, mine: null, nameOf: seatNames(scenario()) };
  const props = { perspective };
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
