/** What this browser may come back to: a token a match and role, and the host's own. */
import type { Role } from "../rules/types.ts";

/** A place at a match; the token is the key to it. */
export interface Place {
  readonly match: string;
  readonly role: Role;
  readonly token: string;
  readonly title: string;
  readonly scenario: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly atMs: number;
}

const PLACES = "detente.places";
const HOST = "detente.host";
const NAME = "detente.name";
const MOST_PLACES = 40;

export class Places {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Every place, the one used last first. */
  all(): Place[] {
    const text = this.#storage.getItem(PLACES);
    return text === null ? [] : (JSON.parse(text) as Place[]);
  }

  /** The place at a match, in a role if one is named. */
  at(match: string, role: Role | null = null): Place | null {
    const isIt = (place: Place) => place.match === match && (!role || place.role === role);
    return this.all().find(isIt) ?? null;
  }

  /** The player's place at the match with this code. */
  withCode(code: string): Place | null {
    const wanted = normaliseCode(code);
    return (
      this.all().find(({ role, code }) => role === "player" && code && normaliseCode(code) === wanted) ?? null
    );
  }

  /** Remember a place, in front of the others. */
  keep(place: Place): void {
    const others = this.all().filter(({ match, role }) => match !== place.match || role !== place.role);
    this.#write([place, ...others].slice(0, MOST_PLACES));
  }

  /** Add what has been learnt of a place, e.g. its title. */
  amend(match: string, role: Role, parts: Partial<Place>): void {
    const place = this.at(match, role);
    if (place) this.keep({ ...place, ...parts });
  }

  /** The match goes on as another one, a branch; the token leads there. */
  move(match: string, role: Role, branch: string): void {
    const place = this.at(match, role);
    if (!place) return;
    this.forget(match, role);
    this.keep({ ...place, match: branch });
  }

  forget(match: string, role: Role): void {
    this.#write(this.all().filter((place) => place.match !== match || place.role !== role));
  }

  get host(): string | null {
    return this.#storage.getItem(HOST);
  }

  set host(token: string | null) {
    if (token === null) this.#storage.removeItem(HOST);
    else this.#storage.setItem(HOST, token);
  }

  /** The name this person gave last. */
  get name(): string {
    return this.#storage.getItem(NAME) ?? "";
  }

  set name(name: string) {
    this.#storage.setItem(NAME, name);
  }

  #write(places: readonly Place[]): void {
    this.#storage.setItem(PLACES, JSON.stringify(places));
  }
}

/** A code without what does not matter in it: spaces, dashes, small letters. */
export function normaliseCode(code: string): string {
  return code.replace(/[\s-]/g, "").toUpperCase();
}
