import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PAPER } from "./paper.ts";

const SOURCE = join(import.meta.dirname, "..");
const SCENARIOS = join(SOURCE, "../../../game_rules/scenarios");
const shown = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(svelte|ts)$/.test(path) && !/words\/paper|\.test\.ts$/.test(path))
  .map((path) => readFileSync(join(SOURCE, path), "utf8"))
  .join("\n");

/** Whether a part of the page says a key, alone or as one of its kind. */
const isShown = (key: string) =>
  shown.includes(`"${key}"`) || shown.includes(`t(\`${key.replace(/\w+$/, "")}\${`);

test.each(PAPER)("$claim leads to a screen that there is", ({ scenario, at }) => {
  expect(existsSync(join(SCENARIOS, `${scenario}.toml`)), scenario).toBe(true);
  expect(at.filter((key) => !isShown(key))).toEqual([]);
});
