/** The server's time as seen from here, from pings that carry it. */

const KEPT_PINGS = 8;

interface Ping {
  roundTripMs: number;
  offsetMs: number;
}

/** Follows the server's clock: the offset is that of the quickest of the last pings. */
export class ServerClock {
  #pings: Ping[] = [];
  #roughOffsetMs: number | null = null;
  #latestMs = Number.NEGATIVE_INFINITY;
  readonly #local: () => number;

  /** local: a clock of this machine that never jumps, in ms (`performance.now`). */
  constructor(local: () => number) {
    this.#local = local;
  }

  /** Take a first, rough reading: the server's time as it was when a frame left. */
  hear(serverNowMs: number): void {
    this.#roughOffsetMs = serverNowMs - this.#local();
  }

  /** Take a reading from a ping that left here at sentMs. */
  heed(sentMs: number, serverNowMs: number): void {
    const receivedMs = this.#local();
    const roundTripMs = receivedMs - sentMs;
    const offsetMs = serverNowMs - (sentMs + receivedMs) / 2;
    this.#pings = [...this.#pings, { roundTripMs, offsetMs }].slice(-KEPT_PINGS);
  }

  /** Trust no old reading: this machine slept, and its own clock may have stood still. */
  doubt(): void {
    this.#pings = [];
  }

  /** The server's time in ms; it may stand still for a moment, but never goes back. */
  now(): number {
    this.#latestMs = Math.max(this.#latestMs, this.#local() + this.#offsetMs());
    return this.#latestMs;
  }

  #offsetMs(): number {
    const first = this.#pings[0];
    if (!first) return this.#roughOffsetMs ?? 0;
    const quickest = this.#pings.reduce((a, b) => (b.roundTripMs < a.roundTripMs ? b : a), first);
    return quickest.offsetMs;
  }
}
