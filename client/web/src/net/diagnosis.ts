/** Tells a server that is away from one that answers while no live connection comes through.
 *
 * Some proxies pass HTTP and no socket; others hide the page's own address from the server, which
 * then refuses it. A browser is told of neither, but HTTP that answers tells both from an outage.
 */
import type { Ports } from "./ports.ts";

/** So many connections in a row that ended without a word are no accident. */
export const SUSPECT_AFTER = 3;
/** What a browser calls an end that no server announced. */
const UNANNOUNCED = 1006;

export class Diagnosis {
  /** Whether HTTP answered, and yet the next connection failed as the ones before. */
  isBlocked = false;
  readonly #ports: Pick<Ports, "answers">;
  #failures = 0;
  #hasAnswered = false;

  constructor(ports: Pick<Ports, "answers">) {
    this.#ports = ports;
  }

  /** The server was heard over a live connection. */
  reached(): void {
    this.#failures = 0;
    this.#hasAnswered = this.isBlocked = false;
  }

  /** A connection ended, or was given up, before the server welcomed us. */
  failed(code: number = UNANNOUNCED): void {
    if (code !== UNANNOUNCED) return this.reached();
    this.#failures += 1;
    this.isBlocked = this.#hasAnswered;
    if (this.#failures >= SUSPECT_AFTER) void this.#ask();
  }

  /** The answer counts for the next connection: a server that has just come back takes that one. */
  async #ask(): Promise<void> {
    const answers = await this.#ports.answers();
    if (this.#failures > 0) this.#hasAnswered = answers;
  }
}
