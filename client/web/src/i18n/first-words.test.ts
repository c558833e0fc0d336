import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { isFirst } from "../../words-plugin.ts";
import english from "./languages/en.json" with { type: "json" };

const KEYS = Object.keys(english.words);
const IMPORT = /^import (?!type)[^;]*?"(\.[^"]+\.(?:ts|svelte))";/gms;
const LITERAL = /["`]([a-z][\w.]*?)(?:\$\{|["`])/g;

test("every word of what the first page imports comes with the first load", () => {
  const files = reach(join(import.meta.dirname, "..", "main.ts"));
  expect([...files].some((path) => path.endsWith("Join.svelte"))).toBe(true);
  const said = [...files].flatMap((path) => keysIn(readFileSync(path, "utf8")));
  expect(said).toContain("join.title");
  expect(said.filter((key) => !isFirst(key))).toEqual([]);
});

/** All files that a file imports, not counting what is fetched later. */
function reach(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const text = readFileSync(path, "utf8").replaceAll(/^ +import /gm, "import ");
  for (const [, named] of text.matchAll(IMPORT)) reach(resolve(path, "..", named!), found);
  return found;
}

/** The words that a text names, or all that begin as it says. */
function keysIn(text: string): string[] {
  return [...text.matchAll(LITERAL)].flatMap(([whole, name]) =>
    KEYS.filter((key) => (whole.endsWith("{") ? key.startsWith(name!) : key === name)),
  );
}
