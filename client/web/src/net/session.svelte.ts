/** A match as this browser knows it: the socket's words folded into a position, for components. */
import { fold } from "../rules/evolve.ts";
import type { Names } from "../rules/people.ts";
import type { Command, GameEvent, Position, You } from "../wire/types.ts";
import { CLOSE } from "./close-codes.ts";
import { withNames } from "./people.ts";
import type { Ports } from "./ports.ts";
import { MatchSocket, type Answer, type Connection, type Listener } from "./socket.ts";

/** A command on its way. Its effect is shown only when its events arrive. */
export interface Pending {
  readonly id: string;
  readonly command: Command;
}

export interface Refusal {
  readonly command: Command;
  readonly code: string;
  readonly message: string;
}

/** Told of what has just happened, never of what happened before we looked. */
export type Watcher = (event: GameEvent, after: Position) => void;

/** How much older than the welcome an event may be and still count as news. */
const NEWS_MS = 1_000;

export class Session {
  /** What is known of the match; null until its first event is here. */
  position = $state.raw<Position | null>(null);
  /** The match that is played; another one than we came for if the facilitator went back. */
  match = $state<string | null>(null);
  /** Every event that made the position, for what is read from a whole log (ledger, audit). */
  log = $state.raw<readonly GameEvent[]>([]);
  connection = $state.raw<Connection>({ is: "connecting", sinceMs: 0 });
  you = $state.raw<You | null>(null);
  /** Commands without an answer yet, oldest first. */
  pending = $state.raw<readonly Pending[]>([]);
  /** The last refusal, until it is dismissed or the next command is sent. */
  refusal = $state.raw<Refusal | null>(null);
  /** Seats whose people are connected now, and how many look on. */
  presentSeats = $state.raw<readonly string[]>([]);
  observers = $state(0);
  /** The tables of the class that this one waits for before its next round. */
  waitsFor = $state.raw<readonly number[]>([]);

  readonly #socket: MatchSocket;
  #watchers: readonly Watcher[] = [];
  #folded: Position | null = null;
  #kept: readonly GameEvent[] = [];
  /** The events as they came, without the names that stand beside them. */
  #raw: readonly GameEvent[] = [];
  #names: Names = {};
  #welcomedAtMs = 0;

  constructor(token: string, ports: Ports) {
    this.#socket = new MatchSocket(token, ports, this.#listener());
  }

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    this.#socket.stop();
  }

  /** The page woke or the network is back. */
  wake(): void {
    this.#socket.wake();
  }

  networkLost(): void {
    this.#socket.networkLost();
  }

  /** The server's time in ms; it never goes back. */
  serverNow(): number {
    return this.#socket.clock.now();
  }

  /** Send a command. Resolves when the server has stored or refused it; never rejects. */
  async send(command: Command): Promise<Answer> {
    this.refusal = null;
    const { id, answer } = this.#socket.send(command);
    this.pending = [...this.pending, { id, command }];
    const answered = await answer;
    this.pending = this.pending.filter((one) => one.id !== id);
    if (!answered.ok) this.refusal = { command, code: answered.code, message: answered.message };
    return answered;
  }

  /** Whether a command of this type is on its way. */
  isSending(type: Command["type"]): boolean {
    return this.pending.some(({ command }) => command.type === type);
  }

  dismissRefusal(): void {
    this.refusal = null;
  }

  /** Be told of news; gives a function that ends it. */
  watch(watcher: Watcher): () => void {
    this.#watchers = [...this.#watchers, watcher];
    return () => {
      this.#watchers = this.#watchers.filter((other) => other !== watcher);
    };
  }

  #listener(): Listener {
    return {
      connection: (connection) => {
        this.connection = connection;
      },
      // What is shown stays until the new audience's first events are here: no screen flashes.
      began: (_audience, you, match) => {
        this.match = match;
        this.#folded = null;
        this.#kept = [];
        this.#raw = [];
        this.#names = {};
        this.#greeted(you);
      },
      resumed: (you) => this.#greeted(you),
      happened: (events) => this.#happened(events),
      named: (names) => this.#named(names),
      presence: (seats, observers) => {
        this.presentSeats = seats;
        this.observers = observers;
      },
      waits: (tables) => {
        this.waitsFor = tables;
      },
    };
  }

  #greeted(you: You): void {
    this.you = you;
    this.waitsFor = [];
    this.#welcomedAtMs = this.serverNow();
  }

  /** Somebody has come, or is forgotten: what is shown is told again with the names of now. */
  #named(names: Names): void {
    this.#names = names;
    if (this.#raw.length === 0) return;
    this.log = this.#kept = withNames(this.#raw, names);
    this.position = this.#folded = fold(this.#kept);
  }

  #happened(came: readonly GameEvent[]): void {
    const raw = [...this.#raw, ...came];
    const events = withNames(came, this.#names, raw[0]);
    let position = this.#folded;
    const news: [GameEvent, Position][] = [];
    try {
      for (const event of events) {
        position = fold([event], position) as Position;
        if (event.at_ms >= this.#welcomedAtMs - NEWS_MS) news.push([event, position]);
      }
    } catch (error) {
      // An event of a newer server: to play on would be to show a false position.
      this.#socket.stop(CLOSE.PROTOCOL_TOO_OLD, String(error));
      return;
    }
    this.#raw = raw;
    this.position = this.#folded = position;
    this.log = this.#kept = [...this.#kept, ...events];
    for (const [event, after] of news) this.#tell(event, after);
  }

  #tell(event: GameEvent, after: Position): void {
    for (const watcher of this.#watchers) watcher(event, after);
  }
}
