// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { language } from "../i18n/index.svelte.ts";
import { Advisor } from "../net/advisor.svelte.ts";
import { scenario } from "../rules/samples.ts";
import type { ArenaAdvice } from "../wire/types.ts";
import AdvicePanel from "./AdvicePanel.svelte";

const ARENA = scenario().arenas[0]!;
const DILEMMA = {
  arena: ARENA.name,
  class: "prisoners_dilemma",
  name: "Prisoner's Dilemma",
  greed: 10,
  fear: 13,
  equilibria: [],
  equilibria_found: 0,
  f_star: null,
  delta_star: "2/5",
  z_star: 13,
  best_reply: { actions: ["D"], gain: -11.5, beliefs: [0.5, 0.5] },
  lever: null,
  levers: [],
  people: { first_round: 0.26, low: 0.06, high: 0.47, basin: 0.72, delta_rd: 0.61 },
  people_reason: null,
} as unknown as ArenaAdvice;

/** What the panel says of people once the advisor has answered; null where it says nothing. */
async function said(advice: ArenaAdvice): Promise<string | null> {
  const advisor = new Advisor({ advice: async () => [advice], moves: async () => [] });
  await advisor.askAdvice("1");
  const props = { advisor, arena: ARENA, seat: "CHN", nameOf: (seat: string) => seat, round: "1" };
  const shown = mount(AdvicePanel, { target: document.body, props });
  flushSync();
  const terms = [...document.querySelectorAll("dt")];
  const told = terms.find((each) => /People in lab|تجربہ گاہ/.test(each.textContent));
  const words = told?.nextElementSibling?.textContent ?? null;
  await unmount(shown);
  return words;
}

test("a seat is told what people did, with an interval and a source", async () => {
  const told = await said(DILEMMA);
  for (const figure of ["26%", "6% to 47%", "72%", "61%", "Vorobeychik"]) {
    expect(told).toContain(figure);
  }
});

test("where it is not known nothing is told, or why", async () => {
  const unknown = { ...DILEMMA, people: null };
  expect(await said({ ...unknown, people_reason: "not_a_pair" })).toBeNull();
  expect(await said({ ...unknown, people_reason: "known_length" })).toContain("chance decides");
});

test("Urdu says it too", async () => {
  await language.choose("ur");
  const told = await said(DILEMMA);
  await language.choose("en");
  expect(told).toContain("لوگوں نے دور 1 میں تعاون کیا");
});
