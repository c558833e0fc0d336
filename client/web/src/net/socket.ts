/** The conversation with the server: hello, events in order, commands until answered, pings.
 *
 * Knows no browser: line, clock, timers and chance are handed in. Never reloads, never guesses:
 * a gap or a lost line is answered with `hello` and the last number seen.
 */
import type { Names } from "../rules/people.ts";
import { PROTOCOL } from "../wire/types.ts";
import type { Command, CommandFrame, GameEvent, ServerFrame, You } from "../wire/types.ts";
import { backoffMs } from "./backoff.ts";
import { CLOSE, blamesSender, isFinal } from "./close-codes.ts";
import { Diagnosis } from "./diagnosis.ts";
import type { Line, Ports } from "./ports.ts";
import { ServerClock } from "./server-clock.ts";

export const PING_EVERY_MS = 5_000;
export const GIVE_UP_MS = 10_000;
export const RESEND_MS = 2_500;
const TRY_AGAIN_MS = 500;
/** How long a line may stay silent after we woke: phones keep dead lines open. */
export const PROBE_MS = 2_500;

/** How the line stands. since_ms is on the local clock; an end says why, by its close code.
 *
 * blocked: the server answers, and yet no live connection comes through.
 */
export type Connection =
  | { is: "online" }
  | { is: "connecting" | "reconnecting" | "offline" | "blocked"; sinceMs: number }
  | { is: "ended"; code: number; reason: string };

/** The answer to a command; a refusal's message is the server's. */
export type Answer = { ok: true } | { ok: false; code: string; message: string };

export interface Listener {
  connection(connection: Connection): void;
  /** A new audience, or the old one from its start: whatever was known is void. */
  began(audience: string, you: You, match: string): void;
  /** The same audience goes on. */
  resumed(you: You): void;
  happened(events: readonly GameEvent[]): void;
  presence(seats: readonly string[], observers: number): void;
  /** The tables of the class that this one waits for; none: it goes on. */
  waits(tables: readonly number[]): void;
  /** What people are called, where events hold ids alone; it replaces what was told before. */
  named(names: Names): void;
}

interface Unanswered {
  command: Command;
  answer: (answer: Answer) => void;
  cancelResend: () => void;
}

export class MatchSocket {
  readonly clock: ServerClock;
  readonly #token: string;
  readonly #ports: Ports;
  readonly #listener: Listener;
  readonly #diagnosis: Diagnosis;
  #connection: Connection;
  #line: Line | null = null;
  #isWelcomed = false;
  #attempt = 0;
  #audience: string | null = null;
  #seq = 0;
  #heardMs = 0;
  #tickedMs = 0;
  #cancelTick = () => {};
  #cancelRetry = () => {};
  readonly #unanswered = new Map<string, Unanswered>();

  constructor(token: string, ports: Ports, listener: Listener) {
    this.#token = token;
    this.#ports = ports;
    this.#listener = listener;
    this.#diagnosis = new Diagnosis(ports);
    this.clock = new ServerClock(() => ports.now());
    this.#connection = { is: "connecting", sinceMs: ports.now() };
  }

  /** Open the line; it is kept open until `stop`. */
  start(): void {
    this.#open();
  }

  /** End it for good, e.g. when the page goes elsewhere. */
  stop(code: number = CLOSE.NORMAL, reason = ""): void {
    this.#drop(code);
    this.#cancelRetry();
    this.#become({ is: "ended", code, reason });
    this.#refuseAll("not_sent", reason);
  }

  /** The page woke, came to the front, or the network is back: find out at once. */
  wake(): void {
    if (this.#connection.is === "ended") return;
    if (this.#line === null) {
      this.#attempt = 0;
      this.#open();
    } else if (this.#isWelcomed) {
      this.#probe();
    }
  }

  /** The browser says there is no network, which need not be true of a server next door: ask it. */
  networkLost(): void {
    if (this.#connection.is === "reconnecting" || this.#connection.is === "blocked") this.#lose();
    else if (this.#isWelcomed) this.#probe();
  }

  /** Send a command until it is answered, over as many lines as it takes. */
  send(command: Command): { id: string; answer: Promise<Answer> } {
    const id = this.#ports.newId();
    const answer = new Promise<Answer>((resolve) => {
      this.#unanswered.set(id, { command, answer: resolve, cancelResend: () => {} });
    });
    if (this.#connection.is === "ended") this.#settle(id, notSent(this.#connection.reason));
    else this.#submit(id);
    return { id, answer };
  }

  #open(): void {
    this.#cancelRetry();
    this.#isWelcomed = false;
    const line = this.#ports.connect({
      opened: () => this.#ifCurrent(line, () => this.#opened()),
      received: (text) => this.#ifCurrent(line, () => this.#received(text)),
      closed: (code, reason) => this.#ifCurrent(line, () => this.#closed(code, reason)),
    });
    this.#line = line;
    this.#heardMs = this.#tickedMs = this.#ports.now();
    this.#scheduleTick();
  }

  /** A line that was given up may still speak; nobody listens to it. */
  #ifCurrent(line: Line, act: () => void): void {
    if (line === this.#line) act();
  }

  #opened(): void {
    this.#hello();
  }

  #hello(): void {
    this.#isWelcomed = false;
    const [token, audience, seq] = [this.#token, this.#audience, this.#seq];
    this.#write({ type: "hello", protocol: PROTOCOL, token, audience, seq });
  }

  #received(text: string): void {
    this.#heardMs = this.#ports.now();
    const message = JSON.parse(text) as ServerFrame | ServerFrame[];
    for (const frame of Array.isArray(message) ? message : [message]) this.#heed(frame);
  }

  #heed(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        return this.#welcomed(frame);
      case "events":
        return this.#take(frame.seq, frame.events);
      case "ack":
        return this.#settle(frame.id, { ok: true });
      case "refused":
        return this.#refused(frame.id, frame.code, frame.message);
      case "pong":
        return this.clock.heed(frame.sent_ms, frame.server_now_ms);
      case "people":
        return this.#listener.named(frame.names);
      case "presence":
        return this.#listener.presence(frame.seats, frame.observers);
      case "class_waits":
        return this.#listener.waits(frame.tables);
    }
  }

  #welcomed({ match, audience, you, seq, server_now_ms }: ServerFrame & { type: "welcome" }): void {
    this.clock.hear(server_now_ms);
    const goesOn = audience === this.#audience && seq === this.#seq + 1 && seq > 1;
    if (!goesOn && seq !== 1) return this.#beginAnew();
    this.#audience = audience;
    this.#seq = seq - 1;
    this.#isWelcomed = true;
    this.#attempt = 0;
    this.#diagnosis.reached();
    if (goesOn) this.#listener.resumed(you);
    else this.#listener.began(audience, you, match);
    this.#become({ is: "online" });
    this.#ping();
    for (const id of this.#unanswered.keys()) this.#submit(id);
  }

  /** The server goes on from somewhere we are not: ask for everything. */
  #beginAnew(): void {
    this.#audience = null;
    this.#seq = 0;
    this.#hello();
  }

  #take(first: number, events: readonly GameEvent[]): void {
    if (!this.#isWelcomed) return;
    if (first > this.#seq + 1) return this.#hello();
    const fresh = events.slice(this.#seq + 1 - first);
    if (fresh.length === 0) return;
    this.#seq += fresh.length;
    this.#listener.happened(fresh);
  }

  #refused(id: string, code: string, message: string): void {
    if (code === "try_again") this.#resendAfter(id, TRY_AGAIN_MS);
    else this.#settle(id, { ok: false, code, message });
  }

  #submit(id: string): void {
    const waiting = this.#unanswered.get(id);
    if (!waiting || !this.#isWelcomed) return;
    this.#write({ type: "command", id, command: waiting.command } as CommandFrame);
    this.#resendAfter(id, RESEND_MS);
  }

  #resendAfter(id: string, ms: number): void {
    const waiting = this.#unanswered.get(id);
    if (!waiting) return;
    waiting.cancelResend();
    waiting.cancelResend = this.#ports.after(ms, () => this.#submit(id));
  }

  #settle(id: string, answer: Answer): void {
    const waiting = this.#unanswered.get(id);
    if (!waiting) return;
    this.#unanswered.delete(id);
    waiting.cancelResend();
    waiting.answer(answer);
  }

  #refuseAll(code: string, message: string): void {
    for (const id of [...this.#unanswered.keys()]) this.#settle(id, { ok: false, code, message });
  }

  #closed(code: number, reason: string): void {
    if (!this.#isWelcomed) this.#diagnosis.failed(code);
    this.#forgetLine();
    if (blamesSender(code)) this.#refuseAll("not_sent", reason);
    if (isFinal(code)) return this.stop(code, reason);
    this.#lose();
    this.#retry();
  }

  #lose(): void {
    const sinceMs = "sinceMs" in this.#connection ? this.#connection.sinceMs : this.#ports.now();
    const is = this.#isLostAs();
    if (this.#connection.is === "connecting" && is === "reconnecting") return;
    this.#become({ is, sinceMs });
  }

  #isLostAs(): "offline" | "blocked" | "reconnecting" {
    if (!this.#ports.isOnline()) return "offline";
    return this.#diagnosis.isBlocked ? "blocked" : "reconnecting";
  }

  #retry(): void {
    const ms = backoffMs(this.#attempt, this.#ports.random);
    this.#attempt += 1;
    this.#cancelRetry();
    this.#cancelRetry = this.#ports.after(ms, () => this.#open());
  }

  #scheduleTick(): void {
    this.#cancelTick();
    this.#cancelTick = this.#ports.after(PING_EVERY_MS, () => this.#tick());
  }

  /** Ping; give up on a line that has been silent too long, unless it was we who slept. */
  #tick(): void {
    const nowMs = this.#ports.now();
    const slept = nowMs - this.#tickedMs > PING_EVERY_MS * 2;
    this.#tickedMs = nowMs;
    if (!slept && nowMs - this.#heardMs >= GIVE_UP_MS) return this.#giveUp();
    this.#scheduleTick();
    if (slept) this.#probe();
    else if (this.#isWelcomed) this.#ping();
  }

  #giveUp(): void {
    if (!this.#isWelcomed) this.#diagnosis.failed();
    this.#drop(CLOSE.NORMAL);
    this.#lose();
    this.#open();
  }

  #probe(): void {
    const line = this.#line;
    const askedMs = this.#ports.now();
    this.clock.doubt();
    this.#ping();
    this.#ports.after(PROBE_MS, () => {
      if (line === this.#line && this.#heardMs < askedMs) this.#giveUp();
    });
  }

  #ping(): void {
    this.#write({ type: "ping", sent_ms: this.#ports.now() });
  }

  #write(frame: object): void {
    this.#line?.send(JSON.stringify(frame));
  }

  #drop(code: number): void {
    const line = this.#line;
    this.#forgetLine();
    line?.close(code >= 3000 ? code : CLOSE.NORMAL);
  }

  #forgetLine(): void {
    this.#line = null;
    this.#isWelcomed = false;
    this.#cancelTick();
  }

  #become(connection: Connection): void {
    this.#connection = connection;
    this.#listener.connection(connection);
  }
}

function notSent(reason: string): Answer {
  return { ok: false, code: "not_sent", message: reason };
}
