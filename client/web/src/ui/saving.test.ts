// @vitest-environment jsdom
import { expect, test } from "vitest";
import { nameForFile } from "./saving.ts";

test.each([
  ["IR 301: South/East", "IR-301-South-East"],
  ["../..\\CON?*", "CON"],
  ["جماعت دہم", "جماعت-دہم"],
  ["—", ""],
  ["x".repeat(99), "x".repeat(40)],
])("%j is %j in the name of a file", (name, written) => {
  expect(nameForFile(name)).toBe(written);
});
