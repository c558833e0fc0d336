import { expect, test } from "vitest";
import type { Integration } from "../wire/types.ts";
import { bandsOf } from "./bands.ts";
import { summit } from "./samples.ts";

test.each([
  [66, 2, ["optimistic", "optimistic", "contested"]],
  [66, 1, ["contested", "contested", "contested"]],
  [90, 0, ["pessimistic", "pessimistic", "pessimistic"]],
  [33, 2, ["pessimistic", "contested", "contested"]],
  [25, 2, ["pessimistic", "pessimistic", "pessimistic"]],
])("an index of %d, calm for %d rounds, at three pairs of bounds", (index, calm, outlooks) => {
  const standing = { integration: { index } as Integration, calm_rounds: calm };
  expect(bandsOf(summit(), standing).map(({ outlook }) => outlook)).toEqual(outlooks);
});

test("what is not known has no outlook", () => {
  expect(bandsOf(summit(), { integration: null, calm_rounds: 2 })).toEqual([]);
});
