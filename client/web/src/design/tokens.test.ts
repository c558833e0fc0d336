// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");

/** Every role with a plain colour in one block of the file. */
function colours(block: string): Record<string, string> {
  const found = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/g)];
  return Object.fromEntries(found.map(([, role, colour]) => [role!, colour!]));
}

function blockAfter(selector: string): string {
  const start = css.indexOf("{", css.indexOf(selector));
  return css.slice(start, css.indexOf("}", start));
}

const light = colours(blockAfter(":root {"));
const dark = { ...light, ...colours(blockAfter(':root[data-theme="dark"]')) };

test("dark has a colour for every role", () => {
  expect(Object.keys(dark)).toEqual(Object.keys(light));
});

const TEXT: [string, string[]][] = [
  [
    "ink",
    [
      "paper",
      "sheet",
      "well",
      "accent-wash",
      "warn-wash",
      "bad-wash",
      "cooperate-wash",
      "defect-wash",
      "mine-fill",
      "land",
      "land-seat",
      "sea",
    ],
  ],
  ["ink-soft", ["paper", "sheet", "well"]],
  ["ink-faint", ["paper", "sheet"]],
  ["accent", ["paper", "sheet", "accent-wash"]],
  ["on-accent", ["accent", "accent-hover"]],
  ["cooperate", ["sheet", "paper", "cooperate-wash"]],
  ["defect", ["sheet", "paper", "defect-wash"]],
  ["mine", ["sheet", "paper"]],
  ["good", ["sheet"]],
  ["warn", ["sheet"]],
  ["bad", ["sheet", "bad-wash"]],
  ...[1, 2, 3, 4, 5, 6].map((n): [string, string[]] => [`arena-${n}`, ["sheet"]]),
];
const GRAPHICS: [string, string[]][] = [
  ["edge", ["paper", "sheet"]],
  ["focus", ["paper", "sheet"]],
  ["cooperate", ["sea", "land", "land-seat"]],
  ["defect", ["sea", "land", "land-seat"]],
  ["mine", ["mine-fill"]],
  ...[1, 2, 3, 4, 5, 6].map((n): [string, string[]] => [
    `arena-${n}`,
    ["sea", "land", "land-seat"],
  ]),
];

describe.each([
  ["light", light],
  ["dark", dark],
])("in %s", (_, roles) => {
  test.each(pairs(TEXT))("%s can be read on %s", (ink, ground) => {
    expect(contrast(roles[ink]!, roles[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pairs(GRAPHICS))("%s can be seen on %s", (ink, ground) => {
    expect(contrast(roles[ink]!, roles[ground]!)).toBeGreaterThanOrEqual(3);
  });
});

function pairs(table: [string, string[]][]): [string, string][] {
  return table.flatMap(([ink, grounds]) =>
    grounds.map((ground): [string, string] => [ink, ground]),
  );
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
