/** What was asked about the match that is replayed: each question once, and only when it is needed. */
import type { Analysis, Choice, Told } from "../net/analysis.ts";
import type { Averaged, ForecastFound, MomentsFound, WhatIfFound } from "../wire/types.ts";
import { ApiError } from "../net/api.ts";
import { reasonOf } from "../ui/reasons.ts";

/** An answer that is worked out once it is asked for. */
export class Asked<T> {
  found = $state.raw<T | null>(null);
  /** How far the work is, 0 to 1; null while there is none. */
  share = $state<number | null>(null);
  problem = $state("");
  /** What is asked about cannot be weighed, however often it is asked. */
  isFinal = $state(false);
  readonly #work: (told: Told) => Promise<T>;

  constructor(work: (told: Told) => Promise<T>) {
    this.#work = work;
  }

  async ask(): Promise<void> {
    if (this.found !== null || this.share !== null) return;
    this.share = 0;
    this.problem = "";
    try {
      this.found = await this.#work((share) => (this.share = share));
    } catch (error) {
      this.problem = reasonOf(error);
      this.isFinal = error instanceof ApiError && error.status === 422;
    } finally {
      this.share = null;
    }
  }
}

export class Board {
  readonly moments: Asked<MomentsFound>;
  readonly #analysis: Analysis;
  readonly #whatIfs: Record<string, Asked<WhatIfFound>> = {};
  readonly #averages: Record<string, Asked<Averaged>> = {};
  readonly #forecasts: Record<number, Asked<ForecastFound>> = {};

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.moments = new Asked((told) => analysis.moments(told));
  }

  whatIf(choice: Choice): Asked<WhatIfFound> {
    return (this.#whatIfs[keyOf(choice)] ??= new Asked((told) =>
      this.#analysis.whatIf(choice, told),
    ));
  }

  average(choice: Choice): Asked<Averaged> {
    return (this.#averages[keyOf(choice)] ??= new Asked((told) =>
      this.#analysis.average(choice, told),
    ));
  }

  forecast(start: number): Asked<ForecastFound> {
    return (this.#forecasts[start] ??= new Asked((told) => this.#analysis.forecast(start, told)));
  }
}

function keyOf({ round, seat, arena }: Choice): string {
  return `${round} ${seat} ${arena}`;
}
