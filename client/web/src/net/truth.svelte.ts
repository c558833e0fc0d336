/** The whole log of a match that has ended, for whoever saw it in fog. */
import { fold } from "../rules/evolve.ts";
import { isFogged } from "../rules/fog.ts";
import type { GameEvent, Position } from "../wire/types.ts";

/** Asks for everything that happened, once the match is over; the server says who may have it. */
export class Truth {
  /** Null until it is known, and where it is refused: then what was seen stays. */
  log = $state.raw<readonly GameEvent[] | null>(null);
  readonly position = $derived(this.log === null ? null : fold(this.log));
  #isAsked = false;

  /** Look at a position; ask once, when there is more to be known. ask: null where it is refused. */
  async look(position: Position, ask: () => Promise<readonly GameEvent[] | null>): Promise<void> {
    const isOver = position.phase === "debrief";
    if (!isOver) this.#forget();
    if (!isOver || this.#isAsked || !isFogged(position)) return;
    this.#isAsked = true;
    this.log = await ask();
  }

  /** A facilitator who goes back opens the match again. */
  #forget(): void {
    this.#isAsked = false;
    this.log = null;
  }
}
