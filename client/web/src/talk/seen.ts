/** How much of each room was read in this browser, match by match and role by role. */
import { has, isNumber, type Memory } from "../memory.svelte.ts";

const STORED = "detente.seen";
const MOST_PLACES = 40;

/** How many messages were seen, by the room's key. */
export type Seen = Readonly<Record<string, number>>;

export class SeenMessages {
  readonly #memory: Memory;
  readonly #place: string;

  constructor(memory: Memory, match: string, role: string) {
    this.#memory = memory;
    this.#place = `${match} ${role}`;
  }

  /** What was kept; null for whoever is here for the first time. */
  read(): Seen | null {
    return this.#all()[this.#place] ?? null;
  }

  keep(seen: Seen): void {
    const others = Object.entries(this.#all()).filter(([place]) => place !== this.#place);
    const kept = [...others, [this.#place, seen] as const].slice(-MOST_PLACES);
    this.#memory.keepValue(STORED, Object.fromEntries(kept));
  }

  #all(): Record<string, Seen> {
    const value = this.#memory.value(STORED);
    const places = has(value, {}) ? Object.entries(value) : [];
    return Object.fromEntries(places.filter((one): one is [string, Seen] => isSeen(one[1])));
  }
}

function isSeen(value: unknown): value is Seen {
  return has(value, {}) && Object.values(value).every(isNumber);
}
