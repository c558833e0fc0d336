/** How much of each room was read in this browser, match by match and role by role. */
const STORED = "detente.seen";
const MOST_PLACES = 40;

/** How many messages were seen, by the room's key. */
export type Seen = Readonly<Record<string, number>>;

export class SeenMessages {
  readonly #storage: Storage;
  readonly #place: string;

  constructor(storage: Storage, match: string, role: string) {
    this.#storage = storage;
    this.#place = `${match} ${role}`;
  }

  /** What was kept; null for whoever is here for the first time. */
  read(): Seen | null {
    return this.#all()[this.#place] ?? null;
  }

  keep(seen: Seen): void {
    const others = Object.entries(this.#all()).filter(([place]) => place !== this.#place);
    const kept = [...others, [this.#place, seen] as const].slice(-MOST_PLACES);
    this.#storage.setItem(STORED, JSON.stringify(Object.fromEntries(kept)));
  }

  #all(): Record<string, Seen> {
    const text = this.#storage.getItem(STORED);
    return text === null ? {} : (JSON.parse(text) as Record<string, Seen>);
  }
}
