/** The matches of the library that are shown: page after page, under one set of filters. */
import { ApiError } from "../net/api.ts";
import { api, places } from "../services.ts";
import { Attempt } from "../ui/attempt.svelte.ts";
import type { LibraryAnswer, LibraryEntry, Offered } from "../wire/types.ts";
import { asked, type Filters } from "./filters.ts";

const NOTHING: Offered = { scenarios: [], tags: [], seats: [] };

export class Shelf {
  readonly attempt = new Attempt();
  /** Null until the first page is here. */
  matches = $state.raw<readonly LibraryEntry[] | null>(null);
  /** Where the next page begins; null where there is none. */
  next = $state.raw<string | null>(null);
  /** What can be filtered by. */
  offered = $state.raw<Offered>(NOTHING);
  /** The key that opens the library: the host's, or that of a class; null for nobody's. */
  key = $state.raw<string | null>(null);
  #filters: Filters = {};
  /** Counts what was looked for, so that a late answer to an earlier question is dropped. */
  #asked = 0;

  /** Show the first page. */
  async look(filters: Filters): Promise<void> {
    this.#filters = filters;
    const mine = ++this.#asked;
    this.key = keyTo(filters);
    const found = await this.#ask<LibraryAnswer>(asked(filters, null));
    if (mine !== this.#asked) return;
    [this.matches, this.next] = [found?.matches ?? null, found?.next ?? null];
  }

  /** Add the next page; gives its matches. */
  async more(): Promise<readonly LibraryEntry[]> {
    const mine = this.#asked;
    const found = await this.#ask<LibraryAnswer>(asked(this.#filters, this.next));
    if (found === null || mine !== this.#asked) return [];
    [this.matches, this.next] = [[...(this.matches ?? []), ...found.matches], found.next];
    return found.matches;
  }

  async offer(): Promise<void> {
    this.offered = (await this.#ask<Offered>("/filters")) ?? this.offered;
  }

  /** Add a tag to a match, or remove it. */
  async tag(match: string, tag: string, isOn: boolean): Promise<void> {
    const changes = isOn ? { add: [tag] } : { remove: [tag] };
    const tags = await this.attempt.run(() => api.tag(this.key!, match, changes));
    if (tags === null) return;
    this.matches = (this.matches ?? []).map((x) => (x.match === match ? { ...x, tags } : x));
  }

  /** Ask with the key; one of another server's life is forgotten, and the next is tried. */
  async #ask<T>(query: string): Promise<T | null> {
    if (this.key === null) return null;
    const { key } = this;
    return this.attempt.run(() =>
      api.library<T>(key, query).catch((error: unknown) => {
        if (!(error instanceof ApiError) || error.status !== 401 || key !== places.host)
          throw error;
        places.host = null;
        this.key = keyTo(this.#filters);
        return this.key === null ? null : api.library<T>(this.key, query);
      }),
    );
  }
}

/** Whoever runs the server finds all; else the class that is named is opened, or the one led last. */
function keyTo({ seminar }: Filters): string | null {
  const led = places.seminars().filter(({ role }) => role === "facilitator");
  const place = led.find((each) => seminar === undefined || each.seminar === seminar);
  return places.host ?? place?.token ?? null;
}
