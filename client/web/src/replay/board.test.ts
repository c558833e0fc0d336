import { expect, test } from "vitest";
import { ApiError } from "../net/api.ts";
import { Asked } from "./board.svelte.ts";

test.each([
  [422, true],
  [409, false],
  [503, false],
])("a refusal of status %i is final: %s", async (status, isFinal) => {
  const asked = new Asked(() => Promise.reject(new ApiError(status, "no_such_code", "why")));
  await asked.ask();
  expect([asked.problem, asked.isFinal]).toEqual(["Why", isFinal]);
});
