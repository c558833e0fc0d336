import { expect, test } from "vitest";
import type { Stage } from "../ui/leading.ts";
import { decideTitle, tableTabs, type Waiting } from "./tabs.ts";

const NOTHING: Waiting = { choices: 0, proposals: 0, messages: 0, isRevealNew: false };
const at = (phase: Stage["phase"], hasTalk = true): Stage => ({ phase, round: 1, hasTalk });

function news(stage: Stage, waiting: Partial<Waiting>, current: "talk" | "decide" = "talk") {
  const tabs = tableTabs(stage, current, { ...NOTHING, ...waiting });
  return Object.fromEntries(tabs.filter((each) => each.news).map(({ tab, news }) => [tab, news]));
}

test("the part of the phase is called after it", () => {
  const phases = ["briefing", "negotiation", "decision", "reveal", "debrief"] as const;
  expect(phases.map((phase) => decideTitle(at(phase)))).toEqual([
    "Briefing",
    "Decide",
    "Decide",
    "Reveal",
    "Debrief",
  ]);
});

test("where nobody may talk there are messages only", () => {
  const labels = (hasTalk: boolean) =>
    tableTabs(at("decision", hasTalk), "map", NOTHING).map(({ label }) => label);
  expect(labels(true)).toContain("Talk");
  expect(labels(false)).not.toContain("Talk");
});

test("each tab says what waits there", () => {
  expect(news(at("decision"), {})).toEqual({});
  expect(news(at("decision"), { choices: 2 })["decide"]).toContain("2");
  const talk = news(at("negotiation"), { proposals: 1, messages: 3 })["talk"];
  expect(talk).toMatch(/1 .*, 3 /);
});

test("a choice that is left presses in the decision alone", () => {
  const isPressing = (stage: Stage) =>
    tableTabs(stage, "talk", { ...NOTHING, choices: 1 }).find(({ tab }) => tab === "decide")!
      .isPressing;
  expect(isPressing(at("decision"))).toBe(true);
  expect(isPressing(at("negotiation"))).toBe(false);
});

test("a new reveal is told on the tab until it is looked at", () => {
  expect(news(at("reveal"), { isRevealNew: true })).toEqual({ decide: "Reveal" });
  expect(news(at("reveal"), { isRevealNew: true }, "decide")).toEqual({});
});
