// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { isWriting, leadsTo, partOf, type Stage } from "./leading.ts";

const stage = (phase: Stage["phase"], round = 1, hasTalk = true): Stage => ({
  phase,
  round,
  hasTalk,
});

afterEach(() => document.body.replaceChildren());

test("each phase is about one part of the table", () => {
  expect(partOf(stage("negotiation"))).toBe("talk");
  expect(partOf(stage("decision"))).toBe("decide");
  expect(partOf(stage("briefing"))).toBe("decide");
  expect(partOf(stage("reveal"))).toBe("decide");
  expect(partOf(stage("debrief"))).toBe("scores");
});

test("where nobody may talk, negotiation is about one's own choices", () => {
  expect(partOf(stage("negotiation", 1, false))).toBe("decide");
});

test("a phase that begins leads to its part", () => {
  expect(leadsTo(stage("briefing", 0), stage("negotiation"), false)).toBe("talk");
  expect(leadsTo(stage("negotiation"), stage("decision"), false)).toBe("decide");
  expect(leadsTo(stage("reveal"), stage("negotiation", 2), false)).toBe("talk");
  expect(leadsTo(stage("decision"), stage("negotiation"), false)).toBe("talk");
});

test("within a phase everybody stays where they have gone", () => {
  expect(leadsTo(stage("negotiation"), stage("negotiation"), false)).toBeNull();
});

test("somebody who writes stays where they write", () => {
  expect(leadsTo(stage("negotiation"), stage("decision"), true)).toBeNull();
});

test("the end comes to the front wherever one was", () => {
  expect(leadsTo(stage("reveal"), stage("debrief"), false)).toBe("decide");
  expect(leadsTo(stage("negotiation"), stage("debrief"), false)).toBe("decide");
});

test("a draft, a field in use and an open form are writing", () => {
  document.body.innerHTML =
    "<main><textarea></textarea><input type=radio><button>b</button></main>";
  const main = document.querySelector("main")!;
  const field = document.querySelector("textarea")!;
  expect(isWriting(main)).toBe(false);
  field.value = " If you";
  expect(isWriting(main)).toBe(true);
  field.value = "";
  field.focus();
  expect(isWriting(main)).toBe(true);
  document.querySelector("input")!.focus();
  expect(isWriting(main)).toBe(false);
  main.innerHTML = "<dialog open></dialog>";
  expect(isWriting(main)).toBe(true);
});
