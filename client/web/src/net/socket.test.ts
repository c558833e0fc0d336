import { beforeEach, describe, expect, test } from "vitest";
import type { Names } from "../rules/people.ts";
import type { GameEvent, ServerFrame, You } from "../wire/types.ts";
import { CLOSE } from "./close-codes.ts";
import { FakeWorld } from "./fakes.ts";
import {
  GIVE_UP_MS,
  MatchSocket,
  PING_EVERY_MS,
  PROBE_MS,
  RESEND_MS,
  type Connection,
  type Listener,
} from "./socket.ts";

const ME: You = { role: "player", seat: null, person: "p1", name: "Amna" };
const PAUSED: GameEvent = { type: "match_paused", at_ms: 1 };
const RESUMED: GameEvent = { type: "match_resumed", deadline_ms: null, at_ms: 2 };

class Notes implements Listener {
  states: Connection[] = [];
  audiences: string[] = [];
  events: GameEvent[] = [];
  resumes = 0;
  seats: readonly string[] = [];
  names: Names = {};
  tables: readonly number[] = [];

  connection(connection: Connection): void {
    this.states.push(connection);
  }
  began(audience: string): void {
    this.audiences.push(audience);
    this.events = [];
  }
  resumed(): void {
    this.resumes += 1;
  }
  happened(events: readonly GameEvent[]): void {
    this.events.push(...events);
  }
  named(names: Names): void {
    this.names = names;
  }
  presence(seats: readonly string[]): void {
    this.seats = seats;
  }
  waits(tables: readonly number[]): void {
    this.tables = tables;
  }
  get last(): string | undefined {
    return this.states.at(-1)?.is;
  }
}

let world: FakeWorld;
let notes: Notes;
let socket: MatchSocket;

beforeEach(() => {
  world = new FakeWorld();
  notes = new Notes();
  socket = new MatchSocket("secret", world, notes);
  socket.start();
});

function welcome(seq = 1, audience = "public"): ServerFrame {
  return {
    type: "welcome",
    protocol: 1,
    match: "m1",
    audience,
    you: ME,
    seq,
    server_now_ms: 50_000,
  };
}

function comeOnline(): void {
  world.line.open();
  world.line.say(welcome());
  world.line.say({ type: "events", seq: 1, events: [PAUSED] });
}

describe("hello", () => {
  test("is the first frame, and holds nothing at first", () => {
    world.line.open();
    expect(world.line.sent).toEqual([
      { type: "hello", protocol: 1, token: "secret", audience: null, seq: 0 },
    ]);
  });

  test("names what is held after a lost line, and no event is taken twice", () => {
    comeOnline();
    world.line.end(1006);
    world.pass(300);
    world.line.open();
    expect(world.line.sent[0]).toMatchObject({ audience: "public", seq: 1 });
    world.line.say(welcome(2));
    world.line.say({ type: "events", seq: 2, events: [RESUMED] });
    expect(notes.resumes).toBe(1);
    expect(notes.events).toEqual([PAUSED, RESUMED]);
  });

  test("a new audience begins from nothing", () => {
    comeOnline();
    world.line.say(welcome(1, "seat:CHN"));
    world.line.say({ type: "events", seq: 1, events: [PAUSED, RESUMED] });
    expect(notes.audiences).toEqual(["public", "seat:CHN"]);
    expect(notes.events).toEqual([PAUSED, RESUMED]);
  });

  test("a welcome that skips what we lack is answered by asking for everything", () => {
    comeOnline();
    world.line.say(welcome(7));
    expect(world.line.of("hello").at(-1)).toMatchObject({ audience: null, seq: 0 });
  });
});

describe("events", () => {
  test("known ones are dropped, new ones of the same frame are taken", () => {
    comeOnline();
    world.line.say({ type: "events", seq: 1, events: [PAUSED, RESUMED] });
    expect(notes.events).toEqual([PAUSED, RESUMED]);
  });

  test("after a gap nothing is taken until the missing ones were asked for", () => {
    comeOnline();
    world.line.say({ type: "events", seq: 5, events: [PAUSED] });
    world.line.say({ type: "events", seq: 6, events: [PAUSED] });
    expect(world.line.of("hello").at(-1)).toMatchObject({ audience: "public", seq: 1 });
    expect(world.line.of("hello")).toHaveLength(2);
    expect(notes.events).toEqual([PAUSED]);
    world.line.say(welcome(2));
    world.line.say({ type: "events", seq: 2, events: [RESUMED, PAUSED] });
    expect(notes.events).toEqual([PAUSED, RESUMED, PAUSED]);
  });
});

describe("a command", () => {
  test("is answered by its ack", async () => {
    comeOnline();
    const { id, answer } = socket.send({ type: "leave_seat" });
    world.line.say({ type: "ack", id, seq: 2 });
    expect(await answer).toEqual({ ok: true });
  });

  test("is answered by its refusal, with the reason", async () => {
    comeOnline();
    const { id, answer } = socket.send({ type: "leave_seat" });
    world.line.say({ type: "refused", id, code: "not_now", message: "the match is over" });
    expect(await answer).toEqual({ ok: false, code: "not_now", message: "the match is over" });
  });

  test("is sent again under the same id after a while without answer", () => {
    comeOnline();
    socket.send({ type: "leave_seat" });
    world.pass(RESEND_MS);
    expect(world.line.of("command").map((frame) => frame.id)).toEqual(["id1", "id1"]);
  });

  test("is sent again under the same id on a new line", () => {
    comeOnline();
    socket.send({ type: "leave_seat" });
    world.line.end(CLOSE.RESTART);
    world.pass(300);
    world.line.open();
    expect(world.line.of("command")).toEqual([]);
    world.line.say(welcome(2));
    expect(world.line.of("command").map((frame) => frame.id)).toEqual(["id1"]);
  });

  test("is sent again when the server could not save it", () => {
    comeOnline();
    const { id } = socket.send({ type: "leave_seat" });
    world.line.say({ type: "refused", id, code: "try_again", message: "the disk is full" });
    world.pass(600);
    expect(world.line.of("command")).toHaveLength(2);
  });

  test("is never sent again once answered", () => {
    comeOnline();
    const { id } = socket.send({ type: "leave_seat" });
    world.line.say({ type: "ack", id, seq: 2 });
    world.pass(RESEND_MS * 3);
    expect(world.line.of("command")).toHaveLength(1);
  });

  test("that broke the line is not sent on the next one", async () => {
    comeOnline();
    const { answer } = socket.send({ type: "leave_seat" });
    world.line.end(CLOSE.POLICY, "frame: not known");
    expect(await answer).toEqual({ ok: false, code: "not_sent", message: "frame: not known" });
    world.pass(300);
    world.line.open();
    world.line.say(welcome(2));
    expect(world.line.of("command")).toEqual([]);
  });

  test("waits for the first line", () => {
    socket.send({ type: "leave_seat" });
    comeOnline();
    expect(world.line.of("command")).toHaveLength(1);
  });
});

describe("the line", () => {
  test("is tried again with longer and longer waits", () => {
    const waits: number[] = [];
    for (let n = 0; n < 8; n += 1) {
      const [lines, beganMs] = [world.lines.length, world.nowMs];
      world.line.end(1006);
      while (world.lines.length === lines) world.pass(25);
      waits.push(world.nowMs - beganMs);
    }
    expect(waits).toEqual([125, 250, 500, 1000, 2000, 4000, 5000, 5000]);
  });

  test("is tried again at once when the page wakes", () => {
    comeOnline();
    world.line.end(1006);
    socket.wake();
    expect(world.lines).toHaveLength(2);
    world.pass(1_000);
    expect(world.lines).toHaveLength(2);
  });

  test.each([CLOSE.SIGN_IN, CLOSE.NOT_YOUR_MATCH, CLOSE.REPLACED, CLOSE.PROTOCOL_TOO_OLD])(
    "is not tried again after %i, and says why",
    (code) => {
      comeOnline();
      world.line.end(code, "in words");
      world.pass(60_000);
      socket.wake();
      expect(world.lines).toHaveLength(1);
      expect(notes.states.at(-1)).toEqual({ is: "ended", code, reason: "in words" });
    },
  );

  test("is pinged, and its server's time followed", () => {
    comeOnline();
    world.pass(PING_EVERY_MS);
    const pings = world.line.of("ping");
    expect(pings).toHaveLength(2);
    world.line.say({ type: "pong", sent_ms: world.nowMs, server_now_ms: 70_000 });
    expect(socket.clock.now()).toBe(70_000);
  });

  test("is given up when it stays silent", () => {
    comeOnline();
    const [first] = world.lines;
    world.pass(GIVE_UP_MS);
    expect(first?.closedWith).toBe(CLOSE.NORMAL);
    expect(world.lines).toHaveLength(2);
    expect(notes.last).toBe("reconnecting");
  });

  test("is not blamed for the silence of our own sleep", () => {
    comeOnline();
    world.sleep(3_600_000);
    world.pass(0);
    expect(world.lines).toHaveLength(1);
    expect(notes.last).toBe("online");
  });

  test("is probed when the browser says there is no network, and kept if it answers", () => {
    comeOnline();
    socket.networkLost();
    world.line.say({ type: "pong", sent_ms: world.nowMs, server_now_ms: 60_000 });
    world.pass(PROBE_MS);
    expect(notes.last).toBe("online");
    world.online = false;
    world.pass(1);
    socket.networkLost();
    world.pass(PROBE_MS);
    expect(notes.last).toBe("offline");
  });

  test("that died while we slept is noticed soon after waking", () => {
    comeOnline();
    world.sleep(60_000);
    socket.wake();
    world.pass(PROBE_MS);
    expect(world.lines).toHaveLength(2);
  });

  test("once given up is not listened to", () => {
    comeOnline();
    const dead = world.line;
    world.pass(GIVE_UP_MS);
    dead.say({ type: "events", seq: 2, events: [RESUMED] });
    dead.end(CLOSE.SIGN_IN);
    expect(notes.events).toEqual([PAUSED]);
    expect(notes.last).toBe("reconnecting");
  });

  test("says since when it is lost, from the first loss on", () => {
    comeOnline();
    world.line.end(1006);
    const since = world.nowMs;
    world.pass(200);
    world.online = false;
    world.line.end(1006);
    expect(notes.states.at(-1)).toEqual({ is: "offline", sinceMs: since });
  });
});
