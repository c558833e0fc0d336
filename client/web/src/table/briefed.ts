/** Who was shown their brief in this browser: people with the seat whose brief they read. */
import { isText, type Memory } from "../memory.svelte.ts";

const STORED = "detente.briefed";
const MOST = 60;

export class Briefed {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  has(person: string, seat: string): boolean {
    return this.#all().includes(`${person} ${seat}`);
  }

  note(person: string, seat: string): void {
    const one = `${person} ${seat}`;
    const others = this.#all().filter((each) => each !== one);
    this.#memory.keepValue(STORED, [...others, one].slice(-MOST));
  }

  #all(): string[] {
    return this.#memory.list(STORED, isText);
  }
}
