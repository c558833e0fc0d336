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

/** Fill a text's `{names}`; a plural is chosen by the parameter `count`. */
export function fill(text: Text, params: Params, lang: string): string {
  return choose(text, params, lang).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (typeof value === "number") return formatNumber(value, lang);
    return isolate(value, lang);
  });
}

/** The direction in which a language is written, by its usual script. */
export function direction(lang: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT_SCRIPTS.has(new Intl.Locale(lang).maximize().script) ? "rtl" : "ltr";
}

/** Points have at most one decimal; a true minus sign, and no negative nothing. */
export function formatNumber(
  value: number,
  lang: string,
  options: Intl.NumberFormatOptions = {},
): string {
  const format = numberFormat(lang, JSON.stringify({ maximumFractionDigits: 1, ...options }));
  return format
    .format(value)
    .replace(/^\u200e?-(?=[0.,]*$)/, "")
    .replace("-", "\u2212");
}

const LIST_FORMATS = new Map<string, Intl.ListFormat>();

/** How a language lists names; made once, for making one costs more than many uses of it. */
export function listFormat(lang: string): Intl.ListFormat {
  const format = LIST_FORMATS.get(lang) ?? new Intl.ListFormat(lang, { type: "conjunction" });
  LIST_FORMATS.set(lang, format);
  return format;
}

const FORMATS = new Map<string, Intl.NumberFormat>();

function numberFormat(lang: string, options: string): Intl.NumberFormat {
  const key = lang + options;
  const known = FORMATS.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(lang, JSON.parse(options) as Intl.NumberFormatOptions);
  FORMATS.set(key, made);
  return made;
}

function choose(text: Text, params: Params, lang: string): string {
  if (typeof text === "string") return text;
  const count = Number(params["count"] ?? 0);
  return text[new Intl.PluralRules(lang).select(count)] ?? text.other;
}

/** Keep what is of the other direction, all or in part, from turning the words around it. */
export function isolate(value: string, lang: string): string {
  const isRightToLeft = RIGHT_TO_LEFT.test(value);
  const isOurs = direction(lang) === "rtl" ? isRightToLeft && !LATIN.test(value) : !isRightToLeft;
  return isOurs ? value : FIRST_STRONG_ISOLATE + value + POP_ISOLATE;
}
