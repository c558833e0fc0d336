import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "..");
const sources = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.(svelte|ts)$/.test(path) && !path.endsWith(".test.ts"),
);

/** A promise that was kept may be refused before anybody waits for it. */
const KEPT = /\bawait \(?\s*(?:this\.)?#?\w+\s*[;,)\]]/g;
/** Without a catch a refusal is an error of the page. */
const UNCAUGHT = /\{#await\b(?:(?!\{\/await)[^])*?\{\/await\}/g;

/** Promises that are never refused, or are waited for in the same task. */
const SAFE = ["await answer;", "await sent)"];

test.each(sources)("%s waits for every request where it makes it", (path) => {
  const text = readFileSync(join(SOURCE, path), "utf8");
  expect((text.match(KEPT) ?? []).filter((found) => !SAFE.includes(found))).toEqual([]);
  expect((text.match(UNCAUGHT) ?? []).filter((block) => !block.includes("{:catch"))).toEqual([]);
});

test("a request that slips in is found", () => {
  expect("const looked = look(); await words(); await looked;".match(KEPT)).toHaveLength(1);
  expect("{#await load() then x}{x}{/await}".match(UNCAUGHT)).toHaveLength(1);
});
