/** The words of the interface in the chosen language; every component that uses them follows it. */
import { direction, fill, formatNumber, isolate, type Params, type Text } from "./format.ts";
import { en } from "./en.ts";
import { ur } from "./ur.ts";

export type Key = keyof typeof en;
export type Lang = "en" | "ur";

/** Languages by their own names. */
export const LANGUAGES: Readonly<Record<Lang, string>> = { en: "English", ur: "اردو" };

const CATALOGUES: Readonly<Record<Lang, Readonly<Record<string, Text>>>> = { en, ur };
const STORED = "detente.lang";

let current = $state<Lang>(preferred());
apply();

export const language = {
  get is(): Lang {
    return current;
  },
  get direction(): "ltr" | "rtl" {
    return direction(current);
  },
  /** Change it, here and for the next visit. */
  choose(lang: Lang): void {
    current = lang;
    localStorage.setItem(STORED, lang);
    apply();
  },
};

/** Say something in the chosen language. */
export function t(key: Key, params: Params = {}): string {
  return fill(CATALOGUES[current][key] ?? en[key], params, current);
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

/** A gain or loss with its sign: +2, −1.5, 0. */
export function signed(value: number): string {
  return n(value, { signDisplay: "exceptZero" });
}

/** Several names as a sentence lists them, each in its own direction. */
export function list(names: readonly string[]): string {
  const isolated = names.map((name) => isolate(name, current));
  return new Intl.ListFormat(current, { type: "conjunction" }).format(isolated);
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
  const stored = localStorage.getItem(STORED);
  if (stored === "en" || stored === "ur") return stored;
  return navigator.language.toLowerCase().startsWith("ur") ? "ur" : "en";
}

function apply(): void {
  document.documentElement.lang = current;
  document.documentElement.dir = direction(current);
}
