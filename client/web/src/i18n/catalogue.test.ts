// @vitest-environment jsdom
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, type AST } from "svelte/compiler";
import { describe, expect, test, vi } from "vitest";
import { Articles, direction, fill, formatNumber, type Text } from "./format.ts";
import { isComing, LANGUAGES, language, ownName, t, translated } from "./index.svelte.ts";

const SOURCE = join(import.meta.dirname, "..");
const components = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".svelte"),
);

type Catalogue = { words: Record<string, Text>; texts?: Record<string, Record<string, string>> };

const catalogue = (lang: string): Catalogue =>
  JSON.parse(readFileSync(join(import.meta.dirname, "languages", `${lang}.json`), "utf8"));
const en = catalogue("en").words;
const translations = LANGUAGES.filter((lang) => lang !== "en").map(
  (lang) => [lang, catalogue(lang).words] as const,
);

describe("the catalogues", () => {
  test("are all offered, under their own names", () => {
    expect(LANGUAGES.map(ownName)).toEqual(["English", "اردو"]);
  });

  test.each(translations)("%s translates nothing that English does not say", (_, words) => {
    expect(Object.keys(words).filter((key) => !(key in en))).toEqual([]);
  });

  test.each(translations)("%s fills in the same places as English", (_, words) => {
    const differs = Object.entries(words).filter(
      ([key, text]) => placeholders(text).join() !== placeholders(en[key]).join(),
    );
    expect(differs.map(([key]) => key)).toEqual([]);
  });

  test.each(translations)("%s has all forms of a plural in English or none", (_, words) => {
    const differs = Object.entries(words).filter(([key, text]) => typeof text !== typeof en[key]);
    expect(differs.map(([key]) => key)).toEqual([]);
  });
});

/** A class plays at tables: whoever leads and whoever plays read one word. */
test.each([["en", en], ...translations] as const)("%s numbers tables, not matches", (_, words) => {
  const numbered = Object.entries(words).filter(([, text]) =>
    /(match|مقابلہ|مقابلے) \{number\}/i.test(JSON.stringify(text)),
  );
  expect(numbered.map(([key]) => key)).toEqual([]);
});

describe("the chosen language", () => {
  const texts = Object.values(catalogue("ur").texts!).flatMap((part) => Object.entries(part));
  const [known, urdu] = texts[0]!;

  test("is loaded when it is chosen, and the server's long texts when they are shown", async () => {
    expect([translated(known), isComing(known)]).toEqual([null, false]);
    expect(await language.choose("ur")).toBe(true);
    expect([language.is, language.direction, t("role.player")]).toEqual(["ur", "rtl", "کھلاڑی"]);
    expect([translated(known), isComing(known)]).toEqual([null, true]);
    await vi.waitUntil(() => !isComing(known));
    expect(translated(known)).toBe(urdu);
    for (const other of ["A text of somebody's own", "constructor"])
      expect([translated(other), isComing(other)]).toEqual([null, false]);
    await language.choose("en");
    expect(translated(known)).toBeNull();
  });

  test("has every long text, in whichever part", async () => {
    await language.choose("ur");
    for (const [text] of texts) translated(text);
    await vi.waitUntil(() => !texts.some(([text]) => isComing(text)));
    expect(texts.filter(([text, words]) => translated(text) !== words)).toEqual([]);
    await language.choose("en");
  });

  test("is the last one asked for", async () => {
    await Promise.all([language.choose("ur"), language.choose("en")]);
    expect(language.is).toBe("en");
  });

  test("stays if another cannot be loaded", async () => {
    expect(await language.choose("xx")).toBe(false);
    expect(language.is).toBe("en");
  });
});

describe("words", () => {
  test("run in the direction of the language's script", () => {
    expect(["en", "ur", "fa", "he", "zh-Hant", "id"].map(direction)).toEqual([
      "ltr",
      "rtl",
      "rtl",
      "rtl",
      "ltr",
      "ltr",
    ]);
  });

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
    expect(fill(catalogue("ur").words["host.plus"]!, { more }, "ur")).toBe(
      "\u2068\u200e+60\u2069 سیکنڈ",
    );
  });

  test("give a country its article in a sentence, and a capital where it begins one", () => {
    const articles = new Articles(en["country.the"] as string, en["map.seat.mine"] as string);
    const said = (text: string, params: Record<string, string>) =>
      fill(text, params, "en", articles);
    expect(said("{The a} left {the b}", { a: "United States", b: "Relief agency" })).toBe(
      "The United States left the relief agency",
    );
    expect(said("Done. {The a} and {b}", { a: "ASEAN secretariat", b: "Philippines" })).toBe(
      "Done. The ASEAN secretariat and Philippines",
    );
    expect(said("with {the names}", { names: "China, Philippines, and United States" })).toBe(
      "with China, the Philippines, and the United States",
    );
    expect(said("{The a}, {the b}", { a: "you", b: "New Philippinesia" })).toBe(
      "You, New Philippinesia",
    );
    expect(said("{The a} and {the b}", { a: "you and China", b: "youssef" })).toBe(
      "You and China and youssef",
    );
    expect(said("{The a}", { a: "youssef" })).toBe("youssef");
    expect(fill("{the a}", { a: "Philippines" }, "ur", new Articles(""))).toBe(
      "\u2068Philippines\u2069",
    );
  });

  test("call no seat in Urdu what changes before a postposition", () => {
    const ur = catalogue("ur").words;
    const changing = /[\u0627\u06c1]$/; // ends in ا or ہ; names of countries stay as they are
    const seats = ["AID", "RED", "FAB", "MIL", "SEC"].map((seat) => String(ur[`country.${seat}`]));
    const unchanging = "گروہ";
    expect(seats.filter((name) => changing.test(name) && !name.endsWith(unchanging))).toEqual([]);
  });

  test("give an article to each name that has one, as it stands alone in the catalogue", () => {
    const alone = Object.entries(en).filter(([key]) => key.startsWith("country."));
    const names = new Set(alone.map(([, text]) => text));
    const named = (en["country.the"] as string).split("\n");
    const articles = new Articles(named.join("\n"));
    const found = [...names].filter((name) => articles.named(String(name)) !== name);
    expect(found.length - 1).toBe(named.length); // and the list of them itself
  });

  test("of the replay list seats with their articles", () => {
    const listing = Object.entries(en).filter(
      ([key, text]) => /^(board|beside)\./.test(key) && String(text).includes("{names}"),
    );
    expect(listing.map(([key]) => key)).toEqual([]);
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
  return [
    ...new Set(forms.flatMap((form) => form.match(/(?<=\{(?:[Tt]he )?)\w+(?=\})/g) ?? [])),
  ].sort();
}

const SPOKEN = ["aria-label", "aria-valuetext", "alt", "title", "placeholder", "label", "legend"];
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
