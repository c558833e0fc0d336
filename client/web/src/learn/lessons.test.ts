import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fill, type Text } from "../i18n/format.ts";
import { fold } from "../rules/evolve.ts";
import { BREACH, TREATY, chosen, opens, resolved } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { Action, GameEvent, Pact, Position } from "../wire/types.ts";
import { figuresOf, lessonAt } from "./lessons.ts";

const ME = "CHN";
const OTHER = "PHL";
const at_ms = 5;
const TERMS: Pact["terms"] = { ...TREATY, rounds: 2, is_conditional: true };
const START = created(scenario({ name: "tutorial", rounds: 5 }));

function treaty(...breakers: string[]): Pact {
  return { number: 1, terms: TERMS, first_round: 3, last_round: 4, breakers };
}

const OFFERED: GameEvent = {
  type: "proposal_made",
  round: 3,
  number: 1,
  proposer: OTHER,
  terms: TERMS,
  at_ms,
};
const SIGNED: GameEvent = { type: "pact_concluded", round: 3, pact: treaty(), at_ms };

/** A round and its reveal. broken: whether I broke the treaty in it. pacts: what stays in force. */
function played(round: number, choices: string, broken = false, pacts: Pact[] = []): GameEvent[] {
  const [mine, theirs] = choices as unknown as [Action, Action];
  const results = [chosen({ [ME]: mine, [OTHER]: theirs })];
  const breaches = broken ? [BREACH] : [];
  return [resolved(round, { results, breaches, pacts }), opens(round, "reveal")];
}

function lines(...events: GameEvent[]): readonly string[] {
  const log = [START, ...events];
  return lessonAt(log, fold(log) as Position, ME).lines;
}

describe("the tutorial", () => {
  test("begins with the choice, in three sentences", () => {
    expect(lines(opens(1, "decision"))).toEqual([
      "learn.1.secret",
      "learn.1.points",
      "learn.choose",
    ]);
  });

  test.each([
    ["CC", ["learn.1.CC"]],
    ["DC", ["learn.1.DC"]],
  ])("tells what %s brought in round 1", (choices, told) => {
    expect(lines(...played(1, choices))).toEqual(told);
  });

  test("shows in round 2 that the other remembers", () => {
    expect(lines(opens(2, "decision"))).toEqual(["learn.2.seen"]);
    expect(lines(...played(2, "CD"))).toEqual(["learn.2.D", "learn.2.rule"]);
    expect(lines(...played(2, "DC"))).toEqual(["learn.2.C", "learn.2.rule"]);
  });

  test("leads to the offer, and back to the choice once it is answered", () => {
    const offered = [opens(3, "decision"), OFFERED];
    const declined: GameEvent = {
      type: "proposal_answered",
      round: 3,
      number: 1,
      parties: [ME, OTHER],
      seat: ME,
      accepts: false,
      at_ms,
    };
    expect(lines(...offered)).toEqual(["learn.3.offer", "learn.3.answer"]);
    expect(lines(...offered, SIGNED)).toEqual(["learn.3.signed"]);
    expect(lines(...offered, declined)).toEqual(["learn.3.none"]);
  });

  test("tells in round 3 whether a treaty was kept, broken, or never there", () => {
    expect(lines(SIGNED, ...played(3, "CC", false, [treaty()]))).toEqual(["learn.3.kept"]);
    expect(lines(SIGNED, ...played(3, "DC", true, [treaty(ME)]))).toEqual(["learn.broke"]);
    for (const choices of ["CC", "CD", "DC", "DD"])
      expect(lines(...played(3, choices))).toEqual([`learn.${choices}`]);
  });

  test("tempts in round 4, by what is in force", () => {
    const then = opens(4, "decision");
    expect(lines(SIGNED, ...played(3, "CC", false, [treaty()]), then)).toEqual([
      "learn.4.breach",
      "learn.4.cost",
    ]);
    expect(lines(SIGNED, ...played(3, "DC", true, [treaty(ME)]), then)).toEqual(["learn.4.void"]);
    expect(lines(...played(3, "CC"), then)).toEqual(["learn.4.tempted", "learn.4.answered"]);
  });

  test("tells in round 4 what one's word was worth", () => {
    const kept = [SIGNED, ...played(3, "CC", false, [treaty()])];
    expect(lines(...kept, ...played(4, "CC"))).toEqual(["learn.4.kept"]);
    expect(lines(...kept, ...played(4, "DC", true))).toEqual(["learn.broke"]);
    const broken = [SIGNED, ...played(3, "DC", true, [treaty(ME)])];
    expect(lines(...broken, ...played(4, "CD"))).toEqual(["learn.CD"]);
  });

  test("ends with the shadow of the future, and what was met", () => {
    expect(lines(opens(5, "decision"))).toEqual(["learn.5.last", "learn.5.backwards"]);
    expect(lines(...played(5, "CC"))).toEqual(["learn.5.C", "learn.5.future"]);
    expect(lines(...played(5, "DC"))).toEqual(["learn.5.D", "learn.5.future"]);
    const over: GameEvent = { type: "match_ended", reason: "rounds_played", seed: "7", at_ms };
    expect(lines(...played(5, "DC"), over)).toEqual(["learn.end.rule", "learn.end.next"]);
  });

  test("takes its figures from the game", () => {
    expect(figuresOf(fold([START]) as Position)).toEqual({ T: 5, R: 3, P: 1, S: 0, more: 2 });
  });
});

test.each(["en", "ur"])("no text of the tutorial has more than 20 words in %s", (lang) => {
  const path = join(import.meta.dirname, "..", "i18n", "languages", `${lang}.json`);
  const { words } = JSON.parse(readFileSync(path, "utf8")) as { words: Record<string, Text> };
  const other = words["country.XB"] as string;
  const done = words["ready.locked"] as string;
  const told = Object.entries(words).filter(([key]) => key.startsWith("learn."));
  expect(told.length).toBeGreaterThan(40);
  const counted = told.map(([key, text]) => {
    const whole = fill(text, { other, done }, lang);
    return [key, whole.split(/\s+/).length] as const;
  });
  expect(counted.filter(([, count]) => count > 20)).toEqual([]);
});
