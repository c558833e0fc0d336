import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { payoffReasons } from "../rules/reasons.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { changedBy, created, summit, summitInForce } from "../rules/samples.ts";
import type { Arena, TermChange } from "../wire/types.ts";
import { payoffWords } from "./payoff-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const [SUMMIT, ...REST] = SCENE.arenas as [Arena, ...Arena[]];

/** What the reveal says of China's points in the Summit, in which all but the agency cooperated. */
function said(arenas: readonly Arena[], CHN: number) {
  const before = { ...fold([created(SCENE)])!, arenas };
  const actions = { CHN: "C", USA: "C", AUS: "C", RED: "D" } as const;
  const results = [chosen(actions, { arena: "summit", payoffs: { CHN } })];
  const [found] = payoffReasons(before, resolved(1, { results }), "CHN");
  const names = { written: SCENE, arenas, nameOf: seatNames(SCENE), mine: "CHN" };
  return found === undefined ? null : payoffWords(found, "CHN", names);
}

const changed = (changes: readonly TermChange[]) => [changedBy(SUMMIT, changes), ...REST];
const HELD = "because Quad and AUKUS held the round before, and you are outside.";
const EASED = "because the institution here makes it easier to cooperate.";

test("points are led from what the choices pay as written, step by step, to what was paid", () => {
  const told = said(summitInForce(), 0.35);
  expect(told).toEqual({
    words: "The Summit paid you 0.4 instead of 2.6 on the scenario’s terms:",
    steps: [`2.6, then 2.8, ${EASED}`, `2.8, then 0.4, ${HELD}`],
  });
});

test("one step is one sentence, and what is shown as nothing is no step", () => {
  const [, , shadow] = summitInForce()[0]!.changes as [TermChange, TermChange, TermChange];
  const faint = { ...shadow, cause: "restraint", because: [], added: 0.001 } as const;
  expect(said(changed([shadow, faint]), 0.18)).toEqual({
    words: `The Summit paid you 0.2 instead of 2.6 on the scenario’s terms, ${HELD}`,
    steps: [],
  });
  expect(said(changed([faint]), 2.58)).toBeNull();
  expect(said([SUMMIT, ...REST], 2.58)).toBeNull();
});

test("steps that cancel each other are told as such", () => {
  const [, , shadow] = summitInForce()[0]!.changes as [TermChange, TermChange, TermChange];
  const back = { ...shadow, cause: "restraint", because: [], added: -2.4 } as const;
  expect(said(changed([shadow, back]), 2.58)?.words).toBe(
    "The Summit paid you 2.6, as on the scenario’s terms, by way of:",
  );
});
