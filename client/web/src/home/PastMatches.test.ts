// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import type { MatchSummary } from "../wire/types.ts";
import PastMatches from "./PastMatches.svelte";

const MATCH: MatchSummary = {
  match: "m1",
  code: "OLD1-OLD1",
  scenario: "chicken",
  title: "Chicken",
  created_at_ms: 0,
  rounds: 8,
  round: 2,
  phase: "negotiation",
  seats_held: 2,
  is_over: true,
  is_open_to_link: false,
  replaced_by: "m2",
  problem: null,
  model_of: null,
  model_from: null,
};
const BRANCH = { ...MATCH, match: "m2", code: "NEW2-NEW2", is_over: false, replaced_by: null };

let shown: ReturnType<typeof mount>;
afterEach(() => unmount(shown));

const rows = () =>
  [...document.querySelectorAll("tbody tr")].map((row) => row.textContent.replace(/\s+/g, " "));

test("the old course of a match names the one that replaced it, and offers nothing to lead", () => {
  const props = { matches: [BRANCH, MATCH], host: "token" };
  shown = mount(PastMatches, { target: document.body, props });
  const [branch, old] = rows();
  expect(branch).not.toContain("replaced");
  expect(branch).toContain("Lead this match");
  expect(old).toContain("Undone: replaced by NEW2-NEW2");
  expect(old).not.toMatch(/Lead|Resume|Replay/);
});
