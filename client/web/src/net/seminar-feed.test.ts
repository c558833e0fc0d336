import { beforeEach, expect, test } from "vitest";
import { FakeWorld } from "./fakes.ts";
import { CLOSE } from "./close-codes.ts";
import { PROTOCOL, type SeminarFrame, type ServerFrame } from "../wire/types.ts";
import { GIVE_UP_MS, PING_EVERY_MS } from "./socket.ts";
import { SeminarFeed } from "./seminar-feed.svelte.ts";
import { matchCard, personCard } from "./seminar-samples.ts";

let world: FakeWorld;
let feed: SeminarFeed;

beforeEach(() => {
  world = new FakeWorld();
  feed = new SeminarFeed("secret", world);
  feed.start();
  world.line.open();
});

function say(...frames: SeminarFrame[]) {
  for (const frame of frames) world.line.say(frame as unknown as ServerFrame);
}

function welcome() {
  say({ type: "welcome", protocol: PROTOCOL, role: "facilitator", server_now_ms: 50_000 });
}

test("it says hello with its token, and knows the server's time from the answer", () => {
  expect(world.line.of("hello")).toMatchObject([{ token: "secret", protocol: 1 }]);
  expect(feed.connection.is).toBe("connecting");
  welcome();
  expect(feed.connection.is).toBe("online");
  expect(feed.serverNow()).toBe(50_000);
});

test("cards replace each other and stand in the order of their numbers", () => {
  welcome();
  say(
    { type: "match", card: matchCard({ match: "b", number: 2 }) },
    { type: "match", card: matchCard({ match: "a", number: 1 }) },
    { type: "match", card: matchCard({ match: "b", number: 2, round: 7 }) },
    { type: "people", people: [personCard()] },
  );
  expect(feed.matches.map(({ match, round }) => [match, round])).toEqual([
    ["a", 2],
    ["b", 7],
  ]);
  expect(feed.people).toHaveLength(1);
  say({ type: "match_gone", match: "a" });
  expect(feed.matches.map(({ match }) => match)).toEqual(["b"]);
});

test("a damaged match is named until it is gone", () => {
  welcome();
  const damage = { type: "match_damaged", problem: "a page" } as const;
  say({ ...damage, match: "b", number: 2 }, { ...damage, match: "a", number: 1 });
  say({ ...damage, match: "b", number: 2 });
  expect(feed.damaged.map(({ number }) => number)).toEqual([1, 2]);
  say({ type: "match_gone", match: "a" });
  expect(feed.damaged.map(({ number }) => number)).toEqual([2]);
  welcome();
  expect(feed.damaged).toEqual([]);
});

test("whoever waits knows with how many, and is called", () => {
  welcome();
  say({ type: "waiting", people: 3 });
  expect([feed.waiting, feed.placed]).toEqual([3, null]);
  say({ type: "placed", match: "m1" });
  expect(feed.placed).toBe("m1");
});

test("a lost line comes back by itself and begins anew", () => {
  welcome();
  say({ type: "match", card: matchCard() });
  world.line.end(CLOSE.RESTART);
  expect(feed.connection.is).toBe("reconnecting");
  expect(feed.matches).toHaveLength(1);
  world.pass(10_000);
  expect(world.lines.length).toBeGreaterThan(1);
  world.line.open();
  welcome();
  expect(feed.matches).toEqual([]);
});

test("an end that trying again cannot mend is one", () => {
  world.line.end(CLOSE.SIGN_IN, "gone");
  expect(feed.connection).toMatchObject({ is: "ended", code: CLOSE.SIGN_IN });
  world.pass(60_000);
  feed.wake();
  expect(world.lines).toHaveLength(1);
});

test("a line that has gone silent is given up", () => {
  welcome();
  for (let passed = 0; passed <= GIVE_UP_MS + PING_EVERY_MS; passed += PING_EVERY_MS)
    world.pass(PING_EVERY_MS);
  expect(world.lines.length).toBeGreaterThan(1);
});

test("who stops hears nothing more", () => {
  feed.stop();
  expect(feed.connection).toMatchObject({ is: "ended", code: CLOSE.NORMAL });
});
