/** What the house works out for a seat, asked for when somebody wants to see it. */
import type { ArenaAdvice, MoveOffer } from "../wire/types.ts";
import { ApiError } from "./api.ts";

export interface AdvisorSource {
  advice(): Promise<readonly ArenaAdvice[]>;
  moves(): Promise<readonly MoveOffer[]>;
}

type Answer<T> = { key: string; is: readonly T[] };

const MOST_TRIES = 4;

/**
 * Answers of one seat. An answer holds for the key it was asked under: a round, a phase. Whoever asks
 * what is being asked already waits for the same answer; what the server asks to put off is asked
 * again when it says.
 */
export class Advisor {
  advice = $state.raw<Answer<ArenaAdvice> | null>(null);
  moves = $state.raw<Answer<MoveOffer> | null>(null);
  /** Why the last question was not answered; a code of the API. */
  problem = $state.raw<ApiError | null>(null);
  readonly #source: AdvisorSource;
  readonly #pause: (ms: number) => Promise<void>;
  readonly #asking: Record<string, Promise<void>> = {};

  constructor(source: AdvisorSource, pause = sleep) {
    this.#source = source;
    this.#pause = pause;
  }

  /** Ask the advisor, unless it has answered under this key already. */
  async askAdvice(key: string): Promise<void> {
    if (this.advice?.key !== key)
      await this.#ask(`advice ${key}`, async () => {
        this.advice = { key, is: await this.#source.advice() };
      });
  }

  /** Ask which moves are open, unless it was answered under this key already. */
  async askMoves(key: string): Promise<void> {
    if (this.moves?.key !== key)
      await this.#ask(`moves ${key}`, async () => {
        this.moves = { key, is: await this.#source.moves() };
      });
  }

  #ask(name: string, question: () => Promise<void>): Promise<void> {
    return (this.#asking[name] ??= this.#put(question).finally(() => delete this.#asking[name]));
  }

  async #put(question: () => Promise<void>): Promise<void> {
    this.problem = null;
    for (let tries = 1; ; tries++) {
      try {
        return await question();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.retryAfterMs === null || tries === MOST_TRIES) {
          this.problem = error;
          return;
        }
        await this.#pause(error.retryAfterMs);
      }
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
