// @vitest-environment jsdom
import { afterAll, beforeAll, expect, test, vi } from "vitest";

vi.mock("./languages/ur.json?first", () => ({ default: { words: { "role.player": "کھلاڑی" } } }));
beforeAll(() => vi.resetModules()); // other tests have loaded the whole language
afterAll(() => vi.resetModules());

test("a word without a translation is said in English", async () => {
  const { language, t } = await import("./index.svelte.ts");
  expect(await language.choose("ur")).toBe(true);
  expect([t("role.player"), t("role.observer")]).toEqual(["کھلاڑی", "Observer"]);
  await language.choose("en");
});
