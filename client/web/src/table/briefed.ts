/** What somebody was shown in this browser: the briefs of seats, and cards about what happened. */
import { isText, type Memory } from "../memory.svelte.ts";

const STORED = "detente.briefed";
const MOST = 60;

export class Briefed {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** match: what tells one match from another; its branches count as the same. */
  has(match: number, person: string, what: string): boolean {
    return this.#all().includes(keyOf(match, person, what));
  }

  note(match: number, person: string, what: string): void {
    const one = keyOf(match, person, what);
    const others = this.#all().filter((each) => each !== one);
    this.#memory.keepValue(STORED, [...others, one].slice(-MOST));
  }

  #all(): string[] {
    return this.#memory.list(STORED, isText);
  }
}

const keyOf = (match: number, person: string, what: string) => `${match} ${person} ${what}`;
