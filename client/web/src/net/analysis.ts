/** Questions about a match that has ended: asked again until the server has found the answer. */
import type {
  Averaged,
  BesideFound,
  ClassDebriefFound,
  DebriefFound,
  ForecastFound,
  MomentsFound,
  Seat,
  WhatIfFound,
} from "../wire/types.ts";
import { ApiError } from "./api.ts";

/** How far the server is: 0 to 1. */
export type Told = (share: number) => void;
export type Choice = { readonly round: number; readonly seat: Seat; readonly arena: string };
type Answer<T> = { readonly done: number; readonly of: number; readonly found: T | null };
/** Ask the server once; `what` is the end of the address. */
export type Ask = <T>(what: string, about: Record<string, string>) => Promise<T>;

const BUSY_MS = 2000;
const MOST_BUSY = 30;

/** What can be asked about one match, stored or sent as a record; or about a class. */
export class Analysis {
  readonly #ask: Ask;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(ask: Ask, pause: (ms: number) => Promise<void> = wait) {
    this.#ask = ask;
    this.#pause = pause;
  }

  moments(told: Told): Promise<MomentsFound> {
    return this.#found("moments", {}, told);
  }

  /** What would have come of the other choice. */
  whatIf(choice: Choice, told: Told): Promise<WhatIfFound> {
    return this.#found("what-if", named(choice), told);
  }

  /** What the other choice would have brought on average, with other luck. */
  average(choice: Choice, told: Told): Promise<Averaged> {
    return this.#found("average", named(choice), told);
  }

  forecast(start: number, told: Told): Promise<ForecastFound> {
    return this.#found("forecast", { start: `${start}` }, told);
  }

  /** The debrief in a language, with the names of people or without. */
  debrief(language: string, hasNames: boolean, told: Told): Promise<DebriefFound> {
    return this.#found("debrief", { language, names: `${hasNames}` }, told);
  }

  /** The debrief of a class in a language, with the names of people or without. */
  classDebrief(language: string, hasNames: boolean, told: Told): Promise<ClassDebriefFound> {
    return this.#found("debrief", { language, names: `${hasNames}` }, told);
  }

  /** The match beside that of which it is a model. */
  beside(told: Told): Promise<BesideFound> {
    return this.#found("beside", {}, told);
  }

  async #found<T>(what: string, about: Record<string, string>, told: Told): Promise<T> {
    const once = () => this.#ask<Answer<T>>(what, about);
    for (const patience = new Patience(this.#pause); ;) {
      const { done, of, found } = await patience.with(once);
      if (found !== null) return found;
      told(done / of);
    }
  }
}

/** Asks again while the server is busy, so many times in all. */
export class Patience {
  readonly #pause: (ms: number) => Promise<void>;
  #busy = 0;

  constructor(pause: (ms: number) => Promise<void> = wait) {
    this.#pause = pause;
  }

  async with<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!isBusy(error) || ++this.#busy > MOST_BUSY) throw error;
        await this.#pause(error.retryAfterMs ?? BUSY_MS);
      }
    }
  }
}

/** Of guests' matches there are enough; that does not pass within seconds. */
function isBusy(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 429 && error.code !== "too_many_guests";
}

function named({ round, seat, arena }: Choice): Record<string, string> {
  return { round: `${round}`, seat, arena };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
