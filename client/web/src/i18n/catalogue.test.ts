// @vitest-environment jsdom
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, type AST } from "svelte/compiler";
import { describe, expect, test } from "vitest";
import { controlEn } from "./control.en.ts";
import { en, pagesEn } from "./en.ts";
import { fill, formatNumber, type Text } from "./format.ts";
import { leadingEn } from "./leading.en.ts";
import { namesEn } from "./names.en.ts";
import { seminarEn } from "./seminar.en.ts";
import { spokenEn } from "./spoken.en.ts";
import { stageEn } from "./stage.en.ts";
import { tableEn } from "./table.en.ts";
import { tournamentEn } from "./tournament.en.ts";
import { ur } from "./ur.ts";

const SOURCE = join(import.meta.dirname, "..");
const components = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".svelte") && !path.startsWith("dev"),
);

describe("the catalogues", () => {
  test("have the same keys", () => {
    expect(Object.keys(ur).sort()).toEqual(Object.keys(en).sort());
  });

  test("have no key twice", () => {
    const parts = [
      pagesEn,
      namesEn,
      stageEn,
      tableEn,
      spokenEn,
      tournamentEn,
      controlEn,
      seminarEn,
      leadingEn,
    ].map((part) => Object.keys(part).length);
    expect(Object.keys(en)).toHaveLength(parts.reduce((sum, size) => sum + size));
  });

  test.each(Object.keys(en) as (keyof typeof en)[])(
    "%s fills in the same places in Urdu",
    (key) => {
      const other = (ur as Record<string, Text>)[key];
      expect(placeholders(other)).toEqual(placeholders(en[key]));
    },
  );
});

describe("words", () => {
  test("follow the count", () => {
    const text = { one: "{count} seat", other: "{count} seats" };
    expect(fill(text, { count: 1 }, "en")).toBe("1 seat");
    expect(fill(text, { count: 1200 }, "en")).toBe("1,200 seats");
  });

  test("isolate names of the other direction, and leave others alone", () => {
    expect(fill("{name} sits", { name: "آمنہ" }, "en")).toBe("\u2068آمنہ\u2069 sits");
    expect(fill("{name} sits", { name: "Amna" }, "en")).toBe("Amna sits");
    expect(fill("{name} بیٹھا", { name: "Li" }, "ur")).toBe("\u2068Li\u2069 بیٹھا");
    expect(fill("{name} بیٹھا", { name: "آمنہ" }, "ur")).toBe("آمنہ بیٹھا");
  });

  test("isolate what is of both directions", () => {
    expect(fill("”{text}“", { text: "OK, ٹھیک ہے." }, "ur")).toBe("”\u2068OK, ٹھیک ہے.\u2069“");
    expect(fill("“{text}”", { text: "ٹھیک ہے, OK." }, "en")).toBe("“\u2068ٹھیک ہے, OK.\u2069”");
  });

  test("have the sign of a number before it, in Urdu too", () => {
    const more = formatNumber(60, "ur", { signDisplay: "exceptZero" });
    expect(fill(ur["host.plus"], { more }, "ur")).toBe("\u2068\u200e+60\u2069 سیکنڈ");
  });

  test("write numbers with one decimal, a true minus and no negative nothing", () => {
    expect(formatNumber(-1.25, "en")).toBe("\u22121.3");
    expect(formatNumber(-0.01, "en")).toBe("0");
    expect(formatNumber(2, "en", { signDisplay: "exceptZero" })).toBe("+2");
  });
});

describe("a component has every word from the catalogue", () => {
  test.each(components)("%s", (path) => {
    expect(bareWords(readFileSync(join(SOURCE, path), "utf8"))).toEqual([]);
  });

  test("and a bare word is found", () => {
    expect(
      bareWords(`<p>{x} Hello</p><img alt="A map" /><b title={y ? "Yes" : t("no")}>·</b>`),
    ).toEqual(["Hello", "A map", "Yes"]);
  });
});

/** The most places a text fills; a plural's `one` may say its number in words. */
function placeholders(text: Text | undefined): string[] {
  const forms = typeof text === "string" ? [text] : Object.values(text ?? {});
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}

const SPOKEN = [
  "aria-label",
  "aria-valuetext",
  "alt",
  "title",
  "placeholder",
  "label",
  "legend",
  "closeLabel",
];
const HAS_LETTERS = /\p{L}{2}/u;

function bareWords(source: string): string[] {
  const found: string[] = [];
  visit(parse(source, { modern: true }).fragment, (node) => {
    if (node.type === "Text") found.push(node.data);
    if (node.type === "Attribute" && SPOKEN.includes(node.name))
      found.push(...literals(node.value));
  });
  return found.map((text) => text.trim()).filter((text) => HAS_LETTERS.test(text));
}

type Node = AST.SvelteNode;

/** Walk the markup; an attribute's text is looked at with the attribute. */
function visit(node: unknown, see: (node: Node) => void): void {
  if (Array.isArray(node)) return node.forEach((child) => visit(child, see));
  if (typeof node !== "object" || node === null) return;
  if (!("type" in node)) return Object.values(node).forEach((child) => visit(child, see));
  see(node as Node);
  if (node.type === "Attribute" || node.type === "StyleSheet") return;
  for (const child of Object.values(node)) visit(child, see);
}

/** The strings in an attribute that are shown: not the keys that are looked up. */
function literals(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(literals);
  if (typeof value !== "object" || value === null) return [];
  if (!("type" in value)) return Object.values(value).flatMap(literals);
  if (value.type === "Text") return [(value as unknown as AST.Text).data];
  if (value.type === "Literal") return [String((value as unknown as { value: unknown }).value)];
  if (value.type === "CallExpression" || value.type === "BinaryExpression") return [];
  return Object.values(value).flatMap(literals);
}
