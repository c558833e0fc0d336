/** A world for tests: time that is turned by hand, and a server that says what it is told to. */
import type { ClientFrame, GameEvent, ServerFrame, You } from "../wire/types.ts";
import type { Line, LineEvents, Ports } from "./ports.ts";
import { Session } from "./session.svelte.ts";

export class FakeLine implements Line {
  readonly sent: ClientFrame[] = [];
  closedWith: number | null = null;
  readonly #events: LineEvents;

  constructor(events: LineEvents) {
    this.#events = events;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(code: number): void {
    this.closedWith = code;
  }

  open(): void {
    this.#events.opened();
  }

  say(frame: ServerFrame): void {
    this.#events.received(JSON.stringify(frame));
  }

  /** Say who they are to whom the events of a match follow. */
  welcome(audience: string, you: You): void {
    const hello = { type: "welcome", protocol: 1, match: "m1", seq: 1 } as const;
    this.say({ ...hello, audience, you, server_now_ms: 50_000 });
  }

  end(code: number, reason = ""): void {
    this.#events.closed(code, reason);
  }

  /** The frames of one type that were sent. */
  of<T extends ClientFrame["type"]>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter(
      (frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type,
    );
  }
}

interface Timer {
  atMs: number;
  call: () => void;
}

export class FakeWorld implements Ports {
  readonly lines: FakeLine[] = [];
  online = true;
  hasHttp = false;
  nowMs = 1_000;
  #timers: Timer[] = [];
  #ids = 0;

  /** The line that was opened last. */
  get line(): FakeLine {
    const line = this.lines.at(-1);
    if (!line) throw new Error("no line was opened");
    return line;
  }

  connect(events: LineEvents): Line {
    const line = new FakeLine(events);
    this.lines.push(line);
    return line;
  }

  now(): number {
    return this.nowMs;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { atMs: this.nowMs + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  random(): number {
    return 0.5;
  }

  newId(): string {
    this.#ids += 1;
    return `id${this.#ids}`;
  }

  isOnline(): boolean {
    return this.online;
  }

  answers(): Promise<boolean> {
    return Promise.resolve(this.hasHttp);
  }

  /** Let time pass; timers go off in order. */
  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const next = this.#timers.filter((t) => t.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.call();
    }
    this.nowMs = endMs;
  }

  /** The machine sleeps: time passes and no timer goes off. */
  sleep(ms: number): void {
    this.nowMs += ms;
  }
}

/** A session in that world, welcomed as somebody to whom these events were told. */
export function joined(world: FakeWorld, you: You, ...events: GameEvent[]): Session {
  const session = new Session("secret", world);
  session.start();
  world.line.open();
  world.line.welcome(you.seat === null ? you.role : `seat:${you.seat}`, you);
  if (events.length > 0) world.line.say({ type: "events", seq: 1, events });
  return session;
}
