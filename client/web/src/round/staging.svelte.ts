/** The stage of a reveal: what is shown when, for the eyes alone.
 *
 * Every word stands in the page from the start, so a screen reader waits for nothing.
 */

/** Until one's own choice is turned, and after the last until the headline, in ms. */
const FIRST_MS = 800;
const LAST_MS = 900;
/** From one choice to the next, where there are few; the whole is never longer than `MOST_MS`. */
const STEP_MS = 700;
export const MOST_MS = 6_000;

/** Call back after so many ms; gives a function that ends it. */
type Later = (ms: number, then: () => void) => () => void;

const later: Later = (ms, then) => {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
};

/** Shows choices one after another, the reader's own together at first. */
export class Staging {
  #hidden = $state.raw<readonly string[]>([]);
  #isOver = $state(true);
  #end: () => void = () => {};

  /** Whether the stage is still on: then the headline waits. */
  get isOn(): boolean {
    return !this.#isOver;
  }

  /** Whether a choice still lies face down. */
  hides(tile: string): boolean {
    return this.#hidden.includes(tile);
  }

  /** Begin. groups: choices that turn together, in their order. */
  begin(groups: readonly (readonly string[])[], wait: Later = later): void {
    if (groups.length === 0) return;
    this.#isOver = false;
    this.#hidden = groups.flat();
    const room = (MOST_MS - FIRST_MS - LAST_MS) / Math.max(groups.length - 1, 1);
    this.#next(groups, Math.min(STEP_MS, room), FIRST_MS, wait);
  }

  #next(groups: readonly (readonly string[])[], stepMs: number, ms: number, wait: Later): void {
    const [first, ...rest] = groups;
    this.#end = wait(ms, () => {
      if (first === undefined) return this.skip();
      this.#hidden = rest.flat();
      this.#next(rest, stepMs, rest.length > 0 ? stepMs : LAST_MS, wait);
    });
  }

  /** Show all at once. */
  skip(): void {
    this.#end();
    this.#hidden = [];
    this.#isOver = true;
  }
}
