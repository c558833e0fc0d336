import { expect, test } from "vitest";
import { conditionsOf } from "./conditions.ts";
import { matchCard, seminarCard } from "../net/seminar-samples.ts";

const treatments = [
  { name: "plain", changes: {} },
  { name: "letters", changes: { is_masked: true } },
];

test("matches of a condition with neutral names are told by their numbers", () => {
  const seminar = seminarCard({ treatments });
  const matches = [
    matchCard({ number: 1, treatment: "plain" }),
    matchCard({ number: 2, treatment: "letters" }),
    matchCard({ number: 3 }),
  ];
  expect(conditionsOf(seminar, matches)).toEqual({ masked: [2], isDrawn: false });
});

test.each([
  ["fixed", false],
  ["random", true],
  ["round_robin", true],
  [null, false],
] as const)("pairs %s are drawn anew: %s", (pairing, isDrawn) => {
  expect(conditionsOf(seminarCard({ pairing }), [matchCard()]).isDrawn).toBe(isDrawn);
});
