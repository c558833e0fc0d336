/** Turn a catalogue's text and what it is about into words. Pure; the language is handed in. */

type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Text = string | Plural;
export type Params = Readonly<Record<string, string | number>>;

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const RIGHT_TO_LEFT_SCRIPTS = new Set<string | undefined>([
  "Adlm",
  "Arab",
  "Hebr",
  "Nkoo",
  "Rohg",
  "Syrc",
  "Thaa",
]);
const LATIN = /\p{Script=Latin}/u;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** Fill a text's `{names}`; a plural is chosen by the parameter `count`.
 *
 * `{the name}` is a name in a sentence, `{The name}` begins one.
 * articles: names as sentences have them, as "the Philippines".
 */
export function fill(text: Text, params: Params, lang: string, articles: Articles = NONE): string {
  const chosen = choose(text, params, lang);
  return chosen.replace(PLACE, (whole, the: string | undefined, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (typeof value === "number") return formatNumber(value, lang);
    return isolate(the ? articles.named(value, the === "The ") : value, lang);
  });
}

const PLACE = /\{([Tt]he )?(\w+)\}/g;

/** Names that have an article in a sentence of a language: "the Philippines", "the militia". */
export class Articles {
  readonly #named: ReadonlyMap<string, string>;
  readonly #any: RegExp | null;

  readonly #you: string;

  /** named: the names with their articles, one a line. you: what the reader is called in a sentence. */
  constructor(named: string, you = "") {
    this.#you = you;
    const lines = named.split("\n").filter((line) => line !== "");
    this.#named = new Map(lines.map((line) => [alone(line), line]));
    const any = [...this.#named.keys()].join("|");
    this.#any = any ? new RegExp(`(?<!\\p{L})(?:${any})(?!\\p{L})`, "gu") : null;
  }

  /** Give a name, or each name of a list, as a sentence has it; at its beginning with a capital. */
  named(value: string, isFirst = false): string {
    if (this.#any === null) return value;
    const named = value.replace(this.#any, (name) => this.#named.get(name) ?? name);
    const isOurs = named !== value || this.#isYou(value);
    return isFirst && isOurs ? named.charAt(0).toUpperCase() + named.slice(1) : named;
  }

  /** Whether the reader is named, alone or first in a list; the names of people stay as they are. */
  #isYou(value: string): boolean {
    if (this.#you === "" || !value.startsWith(this.#you)) return false;
    return !/^\p{L}/u.test(value.slice(this.#you.length));
  }
}

const NONE = new Articles("");

/** A name as it stands alone: "Militia" is "the militia" in a sentence. */
function alone(named: string): string {
  const name = named.slice(named.indexOf(" ") + 1);
  return name[0]!.toUpperCase() + name.slice(1);
}

type Direction = "ltr" | "rtl";
const DIRECTIONS = new Map<string, Direction>();

/** The direction in which a language is written, by its usual script. */
export function direction(lang: string): Direction {
  return once(DIRECTIONS, lang, () =>
    RIGHT_TO_LEFT_SCRIPTS.has(new Intl.Locale(lang).maximize().script) ? "rtl" : "ltr",
  );
}

/** Make something for a key when it is first asked for: what the browser knows of a language costs more than its use. */
function once<Made>(made: Map<string, Made>, key: string, make: () => Made): Made {
  const has = made.get(key);
  if (has !== undefined) return has;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

/** Points have at most one decimal; a true minus sign, and no negative nothing. */
export function formatNumber(
  value: number,
  lang: string,
  options: Intl.NumberFormatOptions = {},
): string {
  const format = numberFormat(lang, JSON.stringify({ maximumFractionDigits: 1, ...options }));
  return format
    .format(exact(value))
    .replace(/^\u200e?-(?=[0.,]*$)/, "")
    .replace("-", "\u2212");
}

/** A number as it is written, so that a reader can check what is reckoned with it. */
export function asShown(value: number): number {
  return Number(
    numberFormat("en", '{"maximumFractionDigits":1,"useGrouping":false}').format(exact(value)),
  );
}

/** Numbers that add up to another one. */
export type Sum = { parts: readonly number[]; total: number };

/** Whether numbers add up to another one, but not as they are written. */
export function isRoundedOff({ parts, total }: Sum): boolean {
  const isTotal = (some: readonly number[], of: number) =>
    Math.abs(some.reduce((sum, each) => sum + each, 0) - of) < 1e-6;
  return isTotal(parts, total) && !isTotal(parts.map(asShown), asShown(total));
}

/** A half is a half on every screen, however it was reckoned: 0.25499999999999995 is 25.5 %. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

const LIST_FORMATS = new Map<string, Intl.ListFormat>();

/** How a language lists names. */
export function listFormat(lang: string): Intl.ListFormat {
  return once(LIST_FORMATS, lang, () => new Intl.ListFormat(lang, { type: "conjunction" }));
}

const FORMATS = new Map<string, Intl.NumberFormat>();

function numberFormat(lang: string, options: string): Intl.NumberFormat {
  return once(
    FORMATS,
    lang + options,
    () => new Intl.NumberFormat(lang, JSON.parse(options) as Intl.NumberFormatOptions),
  );
}

const PLURALS = new Map<string, Intl.PluralRules>();

function pluralRules(lang: string): Intl.PluralRules {
  return once(PLURALS, lang, () => new Intl.PluralRules(lang));
}

function choose(text: Text, params: Params, lang: string): string {
  if (typeof text === "string") return text;
  const count = Number(params["count"] ?? 0);
  return text[pluralRules(lang).select(count)] ?? text.other;
}

/** Keep what is of the other direction, all or in part, from turning the words around it. */
export function isolate(value: string, lang: string): string {
  const isRightToLeft = RIGHT_TO_LEFT.test(value);
  const isOurs = direction(lang) === "rtl" ? isRightToLeft && !LATIN.test(value) : !isRightToLeft;
  return isOurs ? value : FIRST_STRONG_ISOLATE + value + POP_ISOLATE;
}
