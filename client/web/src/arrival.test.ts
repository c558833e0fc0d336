// @vitest-environment jsdom
import { expect, test } from "vitest";
import { pathOf } from "./arrival.ts";

test.each([
  ["#/replay/x?at=r3&as=CHN", "replay/x?at=r3&as=CHN"],
  ["#/debrief/x", "debrief/x"],
  ["#/tournament/x", "tournament/x"],
  ["#/join/ABCD-EFGH", null],
  ["#/wall/x/secret", null],
  ["#/", null],
])("the path of %s is %s", (hash, path) => {
  expect(pathOf(hash)).toBe(path);
});
