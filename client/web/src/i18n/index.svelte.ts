/** The words of the interface in the chosen language; every component that uses them follows it. */
import {
  direction,
  fill,
  formatNumber,
  isolate,
  listFormat,
  type Params,
  type Text,
} from "./format.ts";
import { memory } from "../memory.svelte.ts";
import english from "./languages/en.json" with { type: "json" };

export type Key = keyof typeof english.words;
/** A language by its code, e.g. "ur": each file in `languages/` is one. */
export type Lang = string;
type Catalogue = Readonly<{
  /** Words of the interface by key; a missing one is said in English. */
  words: Readonly<Record<string, Text>>;
  /** Translations of the server's long texts, by the English text. */
  texts?: Readonly<Record<string, string>>;
}>;

const en: Readonly<Record<Key, Text>> = english.words;
const LOADERS = Object.fromEntries(
  Object.entries(
    import.meta.glob<Catalogue>(["./languages/*.json", "!./languages/en.json"], {
      import: "default",
    }),
  ).map(([path, load]) => [/(\w+)\.json$/.exec(path)![1]!, load]),
);
const STORED = "detente.lang";

export const LANGUAGES: readonly Lang[] = ["en", ...Object.keys(LOADERS)];

let current = $state<Lang>("en");
let wanted: Lang = "en";
let catalogues = $state.raw<Readonly<Record<Lang, Catalogue>>>({ en: english });
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
  return fill(catalogues[current]?.words[key] ?? en[key], params, current);
}

/** A long text of the server's in the chosen language; null if it has no translation. */
export function translated(text: string): string | null {
  const texts = catalogues[current]?.texts;
  return texts && Object.hasOwn(texts, text) ? texts[text]! : null;
}

/** Whether the catalogue has words for this, e.g. for a name that came from the server. */
export function isKey(key: string): key is Key {
  return Object.hasOwn(en, key);
}

/** Whether the catalogue translates these words of the server's: masked or edited ones stay. */
export function isOurs(key: string, text: string): key is Key {
  return isKey(key) && en[key] === text;
}

/** The catalogue's words for something of the server's, or else the server's own. */
export function given(key: string, text: string): string {
  return isOurs(key, text) ? t(key) : text;
}

/** A number as this language writes it. */
export function n(value: number, options?: Intl.NumberFormatOptions): string {
  return formatNumber(value, current, options);
}

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
  const isLoaded = lang in catalogues || (await load(lang));
  if (isLoaded && wanted === lang) {
    current = lang;
    apply();
  }
  return isLoaded;
}

async function load(lang: Lang): Promise<boolean> {
  try {
    catalogues = { ...catalogues, [lang]: await LOADERS[lang]!() };
    return true;
  } catch {
    return false; // offline: the language in use stays, and whoever asked says so
  }
}

function apply(): void {
  if (typeof document === "undefined") return; // words without a page
  document.documentElement.lang = current;
  document.documentElement.dir = direction(current);
}
