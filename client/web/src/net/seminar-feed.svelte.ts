/** A seminar as this browser follows it: cards that replace each other, over a line that comes back. */
import { backoffMs } from "./backoff.ts";
import { CLOSE, isFinal } from "./close-codes.ts";
import { Diagnosis } from "./diagnosis.ts";
import type { Line, Ports } from "./ports.ts";
import { ServerClock } from "./server-clock.ts";
import { GIVE_UP_MS, PING_EVERY_MS, type Connection } from "./socket.ts";
import { PROTOCOL } from "../wire/types.ts";
import type {
  MatchCard,
  MatchDamagedShown,
  PersonCard,
  SeminarCard,
  SeminarFrame,
  SeminarHello,
  TableCard,
  WallCard,
} from "../wire/types.ts";

export class SeminarFeed {
  seminar = $state.raw<SeminarCard | null>(null);
  /** In the order of their numbers. */
  matches = $state.raw<readonly MatchCard[]>([]);
  /** Matches that cannot be read or cannot go on, in the order of their numbers. */
  damaged = $state.raw<readonly MatchDamagedShown[]>([]);
  people = $state.raw<readonly PersonCard[]>([]);
  /** The class and its tables, in the order of their numbers, as the wall is shown them. */
  wall = $state.raw<WallCard | null>(null);
  tables = $state.raw<readonly TableCard[]>([]);
  /** How many wait with me, and the match that I am called to. */
  waiting = $state(0);
  placed = $state.raw<string | null>(null);
  connection = $state.raw<Connection>({ is: "connecting", sinceMs: 0 });
  /** For the banner, which knows a match's clock. */
  readonly position = null;
  readonly you = null;

  readonly #token: string;
  readonly #ports: Ports;
  readonly #clock: ServerClock;
  readonly #diagnosis: Diagnosis;
  #line: Line | null = null;
  #attempt = 0;
  #heardMs = 0;
  #cancel = () => {};
  #waiters: readonly (() => void)[] = [];

  constructor(token: string, ports: Ports) {
    this.#token = token;
    this.#ports = ports;
    this.#clock = new ServerClock(() => ports.now());
    this.#diagnosis = new Diagnosis(ports);
    this.connection = { is: "connecting", sinceMs: ports.now() };
  }

  start(): void {
    this.#open();
  }

  stop(code: number = CLOSE.NORMAL, reason = ""): void {
    this.#cancel();
    this.#drop();
    this.connection = { is: "ended", code, reason };
  }

  /** The page woke or the network is back. */
  wake(): void {
    if (this.connection.is === "ended") return;
    this.#attempt = 0;
    if (this.#line === null || this.connection.is !== "online") this.#open();
    else this.#ping();
  }

  serverNow(): number {
    return this.#clock.now();
  }

  /** Resolves once it is so by what was heard, or the time is over. */
  until(isSo: () => boolean, within_ms: number): Promise<void> {
    if (isSo()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#waiters = this.#waiters.filter((other) => other !== check);
        resolve();
      };
      const check = () => isSo() && end();
      const cancel = this.#ports.after(within_ms, end);
      this.#waiters = [...this.#waiters, check];
    });
  }

  #open(): void {
    this.#cancel();
    this.#drop();
    this.#heardMs = this.#ports.now();
    const line = this.#ports.connect({
      opened: () => line === this.#line && this.#hello(line),
      received: (text) => line === this.#line && this.#received(text),
      closed: (code, reason) => line === this.#line && this.#closed(code, reason),
    });
    this.#line = line;
    this.#cancel = this.#ports.after(PING_EVERY_MS, () => this.#tick());
  }

  #hello(line: Line): void {
    const hello: SeminarHello = { type: "hello", protocol: PROTOCOL, token: this.#token };
    line.send(JSON.stringify(hello));
  }

  #received(text: string): void {
    this.#heardMs = this.#ports.now();
    const message = JSON.parse(text) as SeminarFrame | SeminarFrame[];
    for (const frame of Array.isArray(message) ? message : [message]) this.#heed(frame);
    for (const check of this.#waiters) check();
  }

  #heed(frame: SeminarFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#clock.hear(frame.server_now_ms);
        this.#attempt = 0;
        this.#diagnosis.reached();
        this.matches = [];
        this.damaged = [];
        this.tables = [];
        this.connection = { is: "online" };
        return this.#ping();
      case "pong":
        return this.#clock.heed(frame.sent_ms, frame.server_now_ms);
      case "seminar":
        this.seminar = frame.card;
        return;
      case "match":
        this.matches = withCard(this.matches, frame.card);
        return;
      case "wall":
        this.wall = frame.card;
        return;
      case "table":
        this.tables = withCard(this.tables, frame.card);
        return;
      case "match_damaged":
        this.damaged = withCard(this.damaged, frame);
        return;
      case "match_gone":
        this.matches = this.matches.filter(({ match }) => match !== frame.match);
        this.damaged = this.damaged.filter(({ match }) => match !== frame.match);
        this.tables = this.tables.filter(({ match }) => match !== frame.match);
        return;
      case "people":
        this.people = frame.people;
        return;
      case "waiting":
        this.waiting = frame.people;
        this.placed = null;
        return;
      case "placed":
        this.placed = frame.match;
    }
  }

  #closed(code: number, reason: string): void {
    this.#line = null;
    this.#noteFailure(code);
    if (isFinal(code)) return this.stop(code, reason);
    this.#lose();
    this.#cancel();
    this.#cancel = this.#ports.after(backoffMs(this.#attempt++, this.#ports.random), () =>
      this.#open(),
    );
  }

  #lose(): void {
    const sinceMs = "sinceMs" in this.connection ? this.connection.sinceMs : this.#ports.now();
    const lost = this.#diagnosis.isBlocked ? "blocked" : "reconnecting";
    this.connection = { is: this.#ports.isOnline() ? lost : "offline", sinceMs };
  }

  #noteFailure(code?: number): void {
    if (this.connection.is !== "online") this.#diagnosis.failed(code);
  }

  #tick(): void {
    if (this.#ports.now() - this.#heardMs >= GIVE_UP_MS) {
      this.#noteFailure();
      this.#lose();
      return this.#open();
    }
    this.#ping();
    this.#cancel = this.#ports.after(PING_EVERY_MS, () => this.#tick());
  }

  #ping(): void {
    this.#line?.send(JSON.stringify({ type: "ping", sent_ms: this.#ports.now() }));
  }

  #drop(): void {
    const line = this.#line;
    this.#line = null;
    line?.close(CLOSE.NORMAL);
  }
}

/** Cards with a new or changed one among them, by its match. */
function withCard<T extends { match: string; number: number }>(cards: readonly T[], card: T): T[] {
  const others = cards.filter(({ match }) => match !== card.match);
  return [...others, card].sort((a, b) => a.number - b.number);
}
