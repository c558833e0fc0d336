/** What is read aloud. Two live regions stand in the page from the start; this fills them. */

/** Sentences that come within this time are read as one. */
const GATHER_MS = 120;
/** So long it stays in the page: whoever reads the page later does not find what is over. */
const KEEP_MS = 15_000;

class Region {
  text = $state("");
  #waiting: string[] = [];
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;

  clear(): void {
    clearTimeout(this.#gathering);
    clearTimeout(this.#keeping);
    [this.#waiting, this.text] = [[], ""];
  }

  add(sentence: string): void {
    if (this.#waiting.push(sentence) > 1) return;
    this.text = "";
    clearTimeout(this.#keeping);
    this.#gathering = setTimeout(() => {
      this.text = this.#waiting.join(" ");
      this.#waiting = [];
      this.#keeping = setTimeout(() => (this.text = ""), KEEP_MS);
    }, GATHER_MS);
  }
}

class Announcer {
  readonly #polite = new Region();
  readonly #assertive = new Region();

  get polite(): string {
    return this.#polite.text;
  }

  get assertive(): string {
    return this.#assertive.text;
  }

  /** Say it when the reader has time: what happened at the table. */
  say(sentence: string): void {
    this.#polite.add(sentence);
  }

  /** Say it now: your deadline, a lost line, a refusal. */
  interrupt(sentence: string): void {
    this.#assertive.add(sentence);
  }

  /** Say nothing of what still waits, and take out what was said. */
  clear(): void {
    this.#polite.clear();
    this.#assertive.clear();
  }
}

export const announcer = new Announcer();
