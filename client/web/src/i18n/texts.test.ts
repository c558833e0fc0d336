import { expect, test, vi } from "vitest";
import { markOf } from "./mark.ts";
import { Texts } from "./texts.svelte.ts";

test("a part is fetched once, when one of its texts is asked for", async () => {
  const load = vi.fn(() => Promise.resolve({ default: ["eins", "zwei"] }));
  const other = vi.fn(() => Promise.resolve({ default: ["drei"] }));
  const texts = new Texts([
    { marks: markOf("one") + markOf("two"), load },
    { marks: markOf("three"), load: other },
  ]);
  expect([texts.find("two"), texts.isComing("one"), texts.isComing("four")]).toEqual([
    null,
    true,
    false,
  ]);
  await vi.waitUntil(() => !texts.isComing("one"));
  expect(["one", "two", "three", "four"].map((text) => texts.find(text))).toEqual([
    "eins",
    "zwei",
    null,
    null,
  ]);
  expect([load.mock.calls.length, other.mock.calls.length]).toEqual([1, 1]);
});

test("a part that cannot be had leaves its texts in English", async () => {
  const warned = vi.spyOn(console, "warn").mockReturnValue();
  const load = vi.fn(() => Promise.reject(new Error("offline")));
  const texts = new Texts([{ marks: markOf("one"), load }]);
  expect(texts.find("one")).toBeNull();
  await vi.waitUntil(() => !texts.isComing("one"));
  expect([texts.find("one"), load.mock.calls.length]).toEqual([null, 1]);
  expect(warned).toHaveBeenCalledOnce();
  warned.mockRestore();
});

test("texts that differ little have other marks", () => {
  const texts = ["", "a", "b", "ab", "ba", ...Array.from({ length: 20_000 }, (_, at) => `t ${at}`)];
  expect(new Set(texts.map(markOf)).size).toBe(texts.length);
});
