/** What this browser may come back to: a token a match and role, and the host's own. */
import { has, isNumber, isText, isTextOrNull, type Memory } from "../memory.svelte.ts";
import type { Role } from "../wire/types.ts";

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
  /** The seminar that gave it, if one did. */
  readonly seminar?: string | null;
  /** What is played together with it on one server, where that is neither its class nor itself. */
  readonly room?: string | null;
  /** Of a match alone against bots: the kind of bots. */
  readonly rivals?: string | null;
  /** The seat that was last held with it. */
  readonly seat?: string | null;
}

/** A place in a seminar: to lead it, to play where it says, or to show it to a room. */
export interface SeminarPlace {
  readonly seminar: string;
  readonly role: "player" | "facilitator" | "observer";
  readonly token: string;
  readonly code: string;
  readonly name: string;
  /** Opens the same place on another device, together with the name; players only. */
  readonly key: string | null;
  readonly atMs: number;
  /** Under which name a co-facilitator leads; whoever opened the seminar signs nothing. */
  readonly signs?: string | null;
}

const PLACES = "detente.places";
const SEMINARS = "detente.seminars";
const HOST = "detente.host";
const NAME = "detente.name";
const MOST_PLACES = 40;

export class Places {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Every place, the one used last first. */
  all(): Place[] {
    return this.#memory.list(PLACES, isPlace);
  }

  /** The place at a match, in a role if one is named. */
  at(match: string, role: Role | null = null): Place | null {
    const isIt = (place: Place) => place.match === match && (!role || place.role === role);
    return this.all().find(isIt) ?? null;
  }

  /** The player's place at the match with this code. */
  withCode(code: string): Place | null {
    return this.#withCode(code, "player");
  }

  /** The facilitator's place at the match with this code. */
  leadingWithCode(code: string): Place | null {
    return this.#withCode(code, "facilitator");
  }

  #withCode(code: string, wantedRole: Role): Place | null {
    const wanted = normaliseCode(code);
    const isIt = ({ role, code }: Place) =>
      role === wantedRole && !!code && normaliseCode(code) === wanted;
    return this.all().find(isIt) ?? null;
  }

  /** Remember a place, in front of the others. */
  keep(place: Place): void {
    const others = this.all().filter(
      ({ match, role }) => match !== place.match || role !== place.role,
    );
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
    this.keep({ ...place, match: branch, room: roomOf(place) });
  }

  forget(match: string, role: Role): void {
    this.#write(this.all().filter((place) => place.match !== match || place.role !== role));
  }

  /** Every place in a seminar, the one used last first. */
  seminars(): SeminarPlace[] {
    return this.#memory.list(SEMINARS, isSeminarPlace);
  }

  seminar(seminar: string, role: SeminarPlace["role"]): SeminarPlace | null {
    return (
      this.seminars().find((place) => place.seminar === seminar && place.role === role) ?? null
    );
  }

  /** The player's place in the seminar with this code. */
  seminarWithCode(code: string): SeminarPlace | null {
    const wanted = normaliseCode(code);
    const isIt = (place: SeminarPlace) =>
      place.role === "player" && normaliseCode(place.code) === wanted;
    return this.seminars().find(isIt) ?? null;
  }

  keepSeminar(place: SeminarPlace): void {
    const others = this.seminars().filter(
      ({ seminar, role }) => seminar !== place.seminar || role !== place.role,
    );
    this.#memory.keepValue(SEMINARS, [place, ...others].slice(0, MOST_PLACES));
  }

  forgetSeminar(seminar: string, role: SeminarPlace["role"]): void {
    const others = this.seminars().filter(
      (place) => place.seminar !== seminar || place.role !== role,
    );
    this.#memory.keepValue(SEMINARS, others);
  }

  get host(): string | null {
    return this.#memory.text(HOST);
  }

  set host(token: string | null) {
    this.#memory.keep(HOST, token);
  }

  /** The name this person gave last. */
  get name(): string {
    return this.#memory.text(NAME) ?? "";
  }

  set name(name: string) {
    this.#memory.keep(NAME, name);
  }

  #write(places: readonly Place[]): void {
    this.#memory.keepValue(PLACES, places);
  }
}

const isOneOf =
  (...names: readonly unknown[]) =>
  (value: unknown) =>
    names.includes(value);
/** Fields that came with a later version may be missing. */
const isMissingOr = (check: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || check(value);

const PLACE = {
  match: isText,
  role: isOneOf("player", "facilitator", "observer" satisfies Role),
  token: isText,
  title: isText,
  scenario: isText,
  code: isTextOrNull,
  name: isTextOrNull,
  atMs: isNumber,
  seminar: isMissingOr(isTextOrNull),
  room: isMissingOr(isTextOrNull),
  rivals: isMissingOr(isTextOrNull),
  seat: isMissingOr(isTextOrNull),
};
const SEMINAR_PLACE = {
  seminar: isText,
  role: isOneOf("player", "facilitator", "observer"),
  token: isText,
  code: isText,
  name: isText,
  key: isTextOrNull,
  atMs: isNumber,
  signs: isMissingOr(isTextOrNull),
};

/** A class with its matches, or a match with its branches. */
export function roomOf({ room, seminar, match }: Place): string {
  return room ?? seminar ?? match;
}

function isPlace(value: unknown): value is Place {
  return has(value, PLACE);
}

function isSeminarPlace(value: unknown): value is SeminarPlace {
  return has(value, SEMINAR_PLACE);
}

/** A code without what does not matter in it: spaces, dashes, small letters. */
export function normaliseCode(code: string): string {
  return code.replace(/[\s-]/g, "").toUpperCase();
}
