/** What this browser keeps between visits; where it keeps nothing, the page does while it is open.
 *
 * Storage may be denied (private windows, policies), full, damaged, or of another version of this
 * page. None of that stops anybody from playing.
 */

const PREFIX = "detente.";

export class Memory {
  /** Whether all is kept for the next visit; what is not is gone when the page is closed. */
  isKept = $state(true);
  readonly #storage: Storage | null;
  /** What the storage did not take, by key; null for what it did not remove. */
  #held: Readonly<Record<string, string | null>> = {};

  /** open: gives the storage; to ask for it may throw. */
  constructor(open: () => Storage | null) {
    this.#storage = attempt(open);
  }

  /** The text under a key; null where there is none. */
  text(key: string): string | null {
    const held = this.#held[key];
    return held === undefined ? attempt(() => this.#storage?.getItem(key) ?? null) : held;
  }

  /** The JSON under a key; null where there is none, or it is damaged. */
  value(key: string): unknown {
    const text = this.text(key);
    return text === null ? null : attempt(() => JSON.parse(text) as unknown);
  }

  /** Those of the list under a key that are what they should be. */
  list<T>(key: string, isOne: (value: unknown) => value is T): T[] {
    const value = this.value(key);
    return Array.isArray(value) ? value.filter(isOne) : [];
  }

  /** Keep a text, or with null nothing any more. */
  keep(key: string, text: string | null): void {
    const isDone = attempt(() => write(this.#storage, key, text)) ?? false;
    const others = Object.entries(this.#held).filter(([name]) => name !== key);
    this.#held = Object.fromEntries(isDone ? others : [...others, [key, text]]);
    this.isKept = Object.keys(this.#held).length === 0;
  }

  /** Keep a value as JSON. */
  keepValue(key: string, value: unknown): void {
    this.keep(key, JSON.stringify(value));
  }

  /** Forget everything that any version of this page kept. */
  forget(): void {
    const stored = attempt(() => Object.keys(this.#storage ?? {})) ?? [];
    for (const key of [...stored, ...Object.keys(this.#held)])
      if (key.startsWith(PREFIX)) this.keep(key, null);
  }
}

/** Tell whether a value is an object with fields that pass their checks. */
export function has(
  value: unknown,
  checks: Readonly<Record<string, (field: unknown) => boolean>>,
): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Record<string, unknown>;
  return Object.entries(checks).every(([name, check]) => check(fields[name]));
}

export const isText = (value: unknown): value is string => typeof value === "string";
export const isTextOrNull = (value: unknown): value is string | null =>
  value === null || isText(value);
export const isNumber = (value: unknown): value is number => typeof value === "number";

/** This browser's own. */
export const memory = new Memory(() => localStorage);

function write(storage: Storage | null, key: string, text: string | null): boolean {
  if (text === null) storage?.removeItem(key);
  else storage?.setItem(key, text);
  return storage !== null;
}

/** What an act of the storage gives; null where it throws, which it may at any time. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null; // whoever asked goes on without it, and `isKept` says so
  }
}
