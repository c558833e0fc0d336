/** Matches that have ended, read with the keys that this browser holds. */
import type { GameEvent, MatchSummary } from "../wire/types.ts";
import { ApiError, type Api, type LogView, type MatchFile, type Saved } from "./api.ts";
import type { Places } from "./places.ts";

/** Refusals that another key may lift. */
const LOCKED: readonly string[] = ["participants_only", "match_over"];

export class EndedMatches {
  readonly #api: Api;
  readonly #places: Places;

  constructor(api: Api, places: Places) {
    this.#api = api;
    this.#places = places;
  }

  log(match: string, view: LogView): Promise<readonly GameEvent[]> {
    return this.#read(match, (key) => this.#api.log(match, view, key));
  }

  /** How a match stands, played or ended, and whether its link alone opens it. */
  summary(match: string): Promise<MatchSummary> {
    return this.#read(match, (key) => this.#api.match(match, key));
  }

  file(match: string, what: MatchFile): Promise<Saved> {
    return this.#read(match, (key) => this.#api.file(match, what, key));
  }

  /** Watch by a code; after the end only a facilitator may. */
  watch(code: string): ReturnType<Api["watch"]> {
    const led = this.#places.leadingWithCode(code)?.token;
    return withKey([undefined, led, ...this.#others()], (key) => this.#api.watch(code, key));
  }

  #read<T>(match: string, ask: (key?: string) => Promise<T>): Promise<T> {
    return withKey([this.#places.at(match)?.token, ...this.#others()], ask);
  }

  /** Keys to more than one match: the host's, and those of seminars. */
  #others(): (string | undefined)[] {
    return [this.#places.host ?? undefined, ...this.#places.seminars().map(({ token }) => token)];
  }
}

/** Ask with one key after the other until one opens; the first may be none. */
export async function withKey<T>(
  keys: readonly (string | undefined)[],
  ask: (key?: string) => Promise<T>,
): Promise<T> {
  const [first, ...others] = keys;
  const rest = others.filter((key) => key !== undefined && key !== first);
  let refusal: unknown;
  for (const key of [first, ...new Set(rest)]) {
    try {
      return await ask(key);
    } catch (error) {
      if (!(error instanceof ApiError) || !LOCKED.includes(error.code)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}
