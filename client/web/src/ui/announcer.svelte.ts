/** What is read aloud. Two live regions stand in the page from the start; this fills them. */

/** Sentences that come within this time are read as one. */
const GATHER_MS = 120;

class Announcer {
  polite = $state("");
  assertive = $state("");
  #waiting: string[] = [];

  /** Say it when the reader has time: what happened at the table. */
  say(sentence: string): void {
    if (this.#waiting.push(sentence) > 1) return;
    this.polite = "";
    setTimeout(() => {
      this.polite = this.#waiting.join(" ");
      this.#waiting = [];
    }, GATHER_MS);
  }

  /** Say it now: your deadline, a lost line, a refusal. */
  interrupt(sentence: string): void {
    this.assertive = "";
    setTimeout(() => {
      this.assertive = sentence;
    }, GATHER_MS);
  }
}

export const announcer = new Announcer();
