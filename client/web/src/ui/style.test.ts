import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCE = join(import.meta.dirname, "..");
const styled = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) =>
  /\.(svelte|css)$/.test(path),
);

/** Sides by name do not turn round with the line of writing. */
const PHYSICAL =
  /^\s*(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height)|(?:float|clear|text-align):\s*(?:left|right))\b[^;{]*[:;]/gm;
const COLOUR = /:[^;{}]*(?:#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\()/gi;

/** Cameras read black on white whatever the theme. */
const PLAIN_COLOURS = ["design/tokens.css", "ui/QrCode.svelte"];

test.each(styled)("%s speaks of start and end, never of left and right", (path) => {
  expect(rules(path).match(PHYSICAL) ?? []).toEqual([]);
});

test.each(styled.filter((path) => !PLAIN_COLOURS.includes(path)))(
  "%s names colours by role",
  (path) => {
    expect(rules(path).match(COLOUR) ?? []).toEqual([]);
  },
);

test("a side or a colour that slips in is found", () => {
  expect("\n  margin-left: 1rem;".match(PHYSICAL)).toHaveLength(1);
  expect("\n  width: 1rem;".match(PHYSICAL)).toHaveLength(1);
  expect("\n  color: #fff;".match(COLOUR)).toHaveLength(1);
});

function rules(path: string): string {
  const text = readFileSync(join(SOURCE, path), "utf8");
  const css = path.endsWith(".css") ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? "");
  return css.replace(/\/\*[\s\S]*?\*\//g, "").replace(/@(?:media|container|supports)[^{]*\{/g, "{");
}
