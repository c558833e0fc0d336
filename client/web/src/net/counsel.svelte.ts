/** What the house works out for a seat, asked for when somebody wants to see it. */
import type { ArenaAdvice, MoveOffer } from "../wire/types.ts";
import { ApiError } from "./api.ts";

export interface CounselSource {
  advice(): Promise<readonly ArenaAdvice[]>;
  moves(): Promise<readonly MoveOffer[]>;
}

type Answer<T> = { key: string; is: readonly T[] };

/** Answers of one seat. An answer holds for the key it was asked under: a round, a phase. */
export class Counsel {
  advice = $state.raw<Answer<ArenaAdvice> | null>(null);
  moves = $state.raw<Answer<MoveOffer> | null>(null);
  /** Why the last question was not answered; a code of the API. */
  problem = $state.raw<ApiError | null>(null);
  readonly #source: CounselSource;

  constructor(source: CounselSource) {
    this.#source = source;
  }

  /** Ask the advisor, unless it has answered under this key already. */
  async askAdvice(key: string): Promise<void> {
    if (this.advice?.key !== key)
      await this.#ask(async () => (this.advice = { key, is: await this.#source.advice() }));
  }

  /** Ask which moves are open, unless it was answered under this key already. */
  async askMoves(key: string): Promise<void> {
    if (this.moves?.key !== key)
      await this.#ask(async () => (this.moves = { key, is: await this.#source.moves() }));
  }

  async #ask(question: () => Promise<unknown>): Promise<void> {
    this.problem = null;
    try {
      await question();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.problem = error;
    }
  }
}
