/** The words of the interface in the chosen language; every component that uses them follows it. */
import {
  Articles,
  direction,
  fill,
  formatNumber,
  isolate,
  listFormat,
  type Params,
  type Text,
} from "./format.ts";
import { memory } from "../memory.svelte.ts";
import first from "./languages/en.json?first";
import type english from "./languages/en.json";
import { Texts, type TextPart } from "./texts.svelte.ts";

export type Key = keyof typeof english.words;
/** A language by its code, e.g. "ur": each file in `languages/` is one. */
export type Lang = string;
type Words = Readonly<Record<string, Text>>;
type Catalogue = Readonly<{
  /** Words of the interface by key; a missing one is said in English. */
  words: Words;
  /** Translations of the server's long texts. */
  texts?: Texts | undefined;
}>;
/** What a file has of a language. */
type Part = Readonly<{
  words: Words;
  /** English words that this language cannot do without. */
  english?: Words;
  texts?: readonly TextPart[];
}>;
type Loaders = Readonly<Record<string, () => Promise<Part>>>;

/** Each language comes in two parts (`words-plugin.ts`): the first page's words, and all others. */
const FIRST: Loaders = byLanguage(
  import.meta.glob<Part>("./languages/*.json", { query: "?first", import: "default" }),
);
const REST: Loaders = byLanguage(
  import.meta.glob<Part>("./languages/*.json", { query: "?rest", import: "default" }),
);
const STORED = "detente.lang";

export const LANGUAGES: readonly Lang[] = Object.keys(FIRST);

let current = $state<Lang>("en");
let wanted: Lang = "en";
let catalogues = $state.raw<Readonly<Record<Lang, Catalogue>>>({ en: { words: first.words } });
/** The parts that are here or on their way, by file. */
const parts: Record<string, Promise<void>> = {};
/** How the chosen language names countries in a sentence. */
const articles = $derived(new Articles(own("country.the"), own("map.seat.mine")));

/** A text of the chosen language; nothing where it has none. */
function own(key: string): string {
  return String(catalogues[current]?.words[key] ?? "");
}
/** Whether a page was asked for that needs more than the first page's words. */
let isWhole = false;
apply();

export const language = {
  get is(): Lang {
    return current;
  },
  get direction(): "ltr" | "rtl" {
    return direction(current);
  },
  /** Begin with the language of the last visit, or else the browser's; English if it cannot load. */
  async begin(): Promise<void> {
    await change(preferred());
  },
  /** Fetch the words of all pages but the first. Fails if they cannot be loaded. */
  async whole(): Promise<void> {
    isWhole = true;
    await Promise.all([wanted, current].map(load));
  },
  /** Change it, here and for the next visit; false if its file cannot be loaded. */
  async choose(lang: Lang): Promise<boolean> {
    const isLoaded = await change(lang);
    if (isLoaded) memory.keep(STORED, lang);
    return isLoaded;
  },
};

/** What a language calls itself. */
export function ownName(lang: Lang): string {
  return new Intl.DisplayNames([lang], { type: "language" }).of(lang) ?? lang;
}

/** Say something in the chosen language; in English where it has no translation. */
export function t(key: Key, params: Params = {}): string {
  return fill(catalogues[current]?.words[key] ?? said()[key]!, params, current, articles);
}

/** A long text of the server's in the chosen language; null if it has no translation, or it is not here yet. */
export function translated(text: string): string | null {
  return catalogues[current]?.texts?.find(text) ?? null;
}

/** Whether the translation of such a text is on its way. */
export function isComing(text: string): boolean {
  return catalogues[current]?.texts?.isComing(text) ?? false;
}

/** Whether the catalogue has words for this, e.g. for a name that came from the server. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(said(), key) || Object.hasOwn(catalogues[current]?.words ?? {}, key);
}

/** Whether the catalogue translates these words of the server's: masked or edited ones stay. */
export function isOurs(key: string, text: string): key is Key {
  return isKey(key) && said()[key] === text;
}

/** The catalogue's words for something of the server's, or else the server's own. */
export function given(key: string, text: string): string {
  return isOurs(key, text) ? t(key) : text;
}

/** A number as this language writes it. */
export function n(value: number, options?: Intl.NumberFormatOptions): string {
  return formatNumber(value, current, options);
}

/** How terms and what is added to them are written, on every screen. */
export const FINE = { maximumFractionDigits: 2 } as const;

/** A share of one as whole percent. */
export function percent(share: number): string {
  return n(share, { style: "percent", maximumFractionDigits: 0 });
}

/** A gain or loss with its sign: +2, −1.5, 0. */
export function signed(value: number): string {
  return n(value, { signDisplay: "exceptZero" });
}

/** Several names as a sentence lists them, each in its own direction. */
export function list(names: readonly string[]): string {
  const isolated = names.map((name) => isolate(name, current));
  return listFormat(current).format(isolated);
}

/** A day and time of this place. */
export function when(ms: number): string {
  return new Intl.DateTimeFormat(current, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  }).format(ms);
}

function preferred(): Lang {
  // Not by Intl.Locale: some browsers name a language that it refuses, e.g. en-US@posix.
  const wishes = [memory.text(STORED), navigator.language.split(/[-_@]/)[0] ?? null];
  return wishes.find((lang) => lang !== null && LANGUAGES.includes(lang)) ?? "en";
}

/** Use a language once its file is here; of several wishes the last one counts. */
async function change(lang: Lang): Promise<boolean> {
  wanted = lang;
  const isLoaded = await load(lang).then(
    () => true,
    () => false, // offline: the language in use stays, and the caller tells the user
  );
  if (wanted !== lang) return isLoaded;
  if (isLoaded) {
    current = lang;
    apply();
  } else wanted = current;
  return isLoaded;
}

/** Fetch as much of a language as the pages need that were asked for. */
async function load(lang: Lang): Promise<void> {
  await Promise.all([
    ...(lang === "en" ? [] : [add(lang, "first", FIRST)]),
    ...(isWhole ? [add(lang, "rest", REST)] : []),
  ]);
}

/** Add a part to its language, once; one that failed is fetched again when it is asked for. */
function add(lang: Lang, part: string, loaders: Loaders): Promise<void> {
  const name = `${lang} ${part}`;
  return (parts[name] ??= loaders[lang]!().then(
    ({ words, english, texts }) => {
      catalogues = { ...catalogues, [lang]: joined(catalogues[lang], words, texts) };
      if (english) catalogues = { ...catalogues, en: joined(catalogues["en"], english) };
    },
    (error: unknown) => {
      delete parts[name];
      throw error;
    },
  ));
}

function joined(has: Catalogue | undefined, words: Words, texts?: readonly TextPart[]): Catalogue {
  return {
    words: { ...has?.words, ...words },
    texts: texts?.length ? new Texts(texts) : has?.texts,
  };
}

/** What is said in English, as far as it is here: all of it, where English is chosen. */
function said(): Readonly<Record<string, Text>> {
  return catalogues["en"]!.words;
}

function byLanguage(loaders: Loaders): Loaders {
  const named = Object.entries(loaders).map(([path, load]) => [/(\w+)\.json/.exec(path)![1], load]);
  return Object.fromEntries(named);
}

function apply(): void {
  if (typeof document === "undefined") return; // words without a page
  document.documentElement.lang = current;
  document.documentElement.dir = direction(current);
}
