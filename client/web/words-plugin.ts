/** Cuts each language into the words of the first page, which a phone waits for, all others, and long texts. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";
import { markOf } from "./src/i18n/mark.ts";

type Words = Record<string, unknown>;
/** Long texts stand by part, and there by their English. */
type Catalogue = { words: Words; texts?: Record<string, Record<string, string>> };

/** What the pages say that come with the first load: joining, keys, refusals, and what broke. */
const FIRST = new Set(
  "app arena connection country deed end field home join keys lost map person readers reason refused scenario seat surroundings trouble".split(
    " ",
  ),
);
/** What the server names in English: the page compares it with what the catalogue translates. */
const NAMED = new Set(["strategy", "family"]);
const PART = /\.json\?(first|rest|texts)(?:=(\w+))?$/;

/** Serve `ur.json?first`, `ur.json?rest` and `ur.json?texts=chicken`; for tests that show one component, all words
are first. */
export function words({ isWhole }: { isWhole: boolean }): Plugin {
  return {
    name: "words",
    enforce: "pre",
    load(id) {
      const [, part, name] = PART.exec(id) ?? [];
      if (part === undefined) return null;
      const path = id.slice(0, id.lastIndexOf("?"));
      const english = join(dirname(path), "en.json");
      for (const file of [path, english]) this.addWatchFile(file);
      const catalogue = read(path);
      if (name !== undefined) return module(parsed(Object.values(catalogue.texts![name]!)));
      const isHere = (key: string) => (isWhole || isFirst(key)) === (part === "first");
      const isWithOthers = isWhole === (part === "first");
      const cut = {
        words: only(catalogue.words, isHere),
        ...(isWithOthers && path !== english
          ? { english: fallback(catalogue, read(english)) }
          : {}),
      };
      const texts = isWithOthers ? textParts(path, catalogue) : "[]";
      return module(`{ ...${parsed(cut)}, texts: ${texts} }`);
    },
  };
}

/** Whether a word comes with the first load. */
export function isFirst(key: string): boolean {
  return FIRST.has(family(key));
}

/** The English words that another language cannot do without: what it lacks, and what the server says. */
function fallback({ words }: Catalogue, english: Catalogue): Words {
  return only(english.words, (key) => !isFirst(key) && (!(key in words) || NAMED.has(family(key))));
}

/** Each part of the long texts: the marks of the English, and how the translations are fetched. */
function textParts(path: string, { texts = {} }: Catalogue): string {
  const marks = Object.values(texts).flatMap((part) => Object.keys(part).map(markOf));
  if (new Set(marks).size < marks.length)
    throw new Error(`two texts of ${path} have one mark; change MARK_LENGTH in src/i18n/mark.ts`);
  const parts = Object.entries(texts).map(
    ([name, part]) =>
      `{ marks: "${Object.keys(part).map(markOf).join("")}",
         load: () => import(${JSON.stringify(`${path}?texts=${name}`)}) }`,
  );
  return `[${parts.join(",")}]`;
}

function read(path: string): Catalogue {
  return JSON.parse(readFileSync(path, "utf8"));
}

function only(words: Words, isWanted: (key: string) => boolean): Words {
  return Object.fromEntries(Object.entries(words).filter(([key]) => isWanted(key)));
}

function family(key: string): string {
  return key.split(".")[0]!;
}

/** Code for data, in the form that is the fastest to read. */
function parsed(data: unknown): string {
  return `JSON.parse(${JSON.stringify(JSON.stringify(data))})`;
}

function module(value: string) {
  return { code: `export default ${value};`, moduleType: "js" as const };
}
