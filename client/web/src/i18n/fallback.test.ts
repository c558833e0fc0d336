// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { language, t } from "./index.svelte.ts";

vi.mock("./languages/ur.json", () => ({ default: { words: { "role.player": "کھلاڑی" } } }));

test("a word without a translation is said in English", async () => {
  expect(await language.choose("ur")).toBe(true);
  expect([t("role.player"), t("role.observer")]).toEqual(["کھلاڑی", "Observer"]);
});
