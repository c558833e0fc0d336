import { expect, test } from "vitest";
import { scenario } from "./samples.ts";
import { afterReveal } from "./next-step.ts";

const SURE = scenario({ rounds: 3 });
const BY_CHANCE = scenario({ rounds: 8, continuation: 0.8, least_rounds: 3 });

test("a reveal leads to another round, and the last one to the debrief", () => {
  expect([1, 2, 3].map((round) => afterReveal({ scenario: SURE, round }))).toEqual([
    "round",
    "round",
    "debrief",
  ]);
});

test("where chance may end the match, what comes is not known", () => {
  const after = [2, 3, 7, 8].map((round) => afterReveal({ scenario: BY_CHANCE, round }));
  expect(after).toEqual(["round", "chance", "chance", "debrief"]);
});
