import { beforeEach, expect, test } from "vitest";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, You } from "../wire/types.ts";
import { FakeWorld, joined } from "./fakes.ts";
import type { Session } from "./session.svelte.ts";

const ME: You = { role: "player", seat: null, person: "p1", name: "Amna" };
const TAKEN: GameEvent = {
  type: "seat_taken",
  seat: "CHN",
  person: "p1",
  name: "Amna",
  at_ms: 60_000,
};

let world: FakeWorld;
let session: Session;

beforeEach(() => {
  world = new FakeWorld();
  session = joined(world, ME, created(scenario()));
});

test("the position is the fold of what was heard", () => {
  world.line.say({ type: "events", seq: 2, events: [TAKEN] });
  expect(session.position?.holders["CHN"]?.name).toBe("Amna");
});

test("a sent command shows as pending until it is answered, and changes nothing by itself", async () => {
  const before = session.position;
  const answered = session.send({ type: "take_seat", seat: "CHN", name: "Amna" });
  expect(session.pending.map(({ command }) => command.type)).toEqual(["take_seat"]);
  expect(session.isSending("take_seat")).toBe(true);
  expect(session.position).toBe(before);
  world.line.say({ type: "ack", id: "id1", seq: 2 });
  await answered;
  expect(session.pending).toEqual([]);
});

test("a refusal is kept with its reason until the next command", async () => {
  const refused = session.send({ type: "leave_seat" });
  world.line.say({ type: "refused", id: "id1", code: "not_yours", message: "you hold no seat" });
  await refused;
  expect(session.refusal).toMatchObject({ code: "not_yours", message: "you hold no seat" });
  void session.send({ type: "leave_seat" });
  expect(session.refusal).toBeNull();
});

test("the old view stands until the new one has begun", () => {
  const before = session.position;
  world.line.welcome("seat:CHN", { ...ME, seat: "CHN" });
  expect(session.position).toBe(before);
  world.line.say({ type: "events", seq: 1, events: [created(scenario()), TAKEN] });
  expect(session.position?.holders["CHN"]?.person).toBe("p1");
});

test("only what happens after the welcome is news", () => {
  const news: string[] = [];
  session.watch((event) => news.push(event.type));
  world.line.say({ type: "events", seq: 2, events: [{ ...TAKEN, at_ms: 20 }] });
  world.line.say({ type: "events", seq: 3, events: [{ type: "match_paused", at_ms: 60_000 }] });
  expect(news).toEqual(["match_paused"]);
});

test("an event this page does not know ends the session with a reason", () => {
  const unknown = { type: "sanction_imposed", at_ms: 1 } as unknown as GameEvent;
  world.line.say({ type: "events", seq: 2, events: [unknown] });
  expect(session.connection).toMatchObject({ is: "ended", code: 4010 });
});

test("the log holds all that made the position, and begins anew with another audience", () => {
  world.line.say({ type: "events", seq: 2, events: [TAKEN] });
  expect(session.log.map(({ type }) => type)).toEqual(["match_created", "seat_taken"]);
  world.line.welcome("seat:CHN", { ...ME, seat: "CHN" });
  world.line.say({ type: "events", seq: 1, events: [created(scenario())] });
  expect(session.log.map(({ type }) => type)).toEqual(["match_created"]);
});

test("a welcome may lead to another match, a branch of the one we came for", () => {
  expect(session.match).toBe("m1");
  world.line.say({
    type: "welcome",
    protocol: 1,
    match: "m2",
    audience: "public@m2",
    you: ME,
    seq: 1,
    server_now_ms: 50_000,
  });
  expect(session.match).toBe("m2");
});

const SECOND: GameEvent = { ...created(scenario()), rules_version: 2 };
const SAID: GameEvent = {
  type: "message_said",
  round: 0,
  sender: "CHN",
  room: [],
  text: "Hello.",
  act: null,
  at_ms: 60_001,
  speaker: "p2",
};

/** Come to a match of rules 2, whose events hold ids alone, with names beside them. */
function second(names: Record<string, string>): void {
  world.line.welcome("public", ME);
  world.line.say({ type: "people", names });
  const mate: GameEvent = {
    type: "delegate_joined",
    seat: "CHN",
    person: "p2",
    name: "",
    at_ms: 60_000,
  };
  const events = [SECOND, { ...TAKEN, name: "" }, mate, SAID];
  world.line.say({ type: "events", seq: 1, events });
}

test("names that stand beside the events are put into them", () => {
  second({ p1: "Amna", p2: "Bo" });
  const holder = session.position?.holders["CHN"];
  expect([holder?.name, holder?.delegates[0]?.name]).toEqual(["Amna", "Bo"]);
  expect(session.position?.messages[0]?.speaker).toBe("Bo");
  expect(session.log[1]).toMatchObject({ type: "seat_taken", name: "Amna" });
});

test("whoever is forgotten goes by a number at once, and nothing else changes", () => {
  second({ p1: "Amna", p2: "Bo" });
  const before = JSON.stringify([session.position, session.log]);
  world.line.say({ type: "people", names: { p1: "Amna" } });
  expect(JSON.stringify([session.position, session.log])).toBe(
    before.replaceAll('"Bo"', '"Person 2"'),
  );
  world.line.say({ type: "people", names: {} });
  expect(session.position?.holders["CHN"]?.name).toBe("Person 1");
});

test("a name that comes with its person is told with the events that follow it", () => {
  second({ p1: "Amna", p2: "Bo" });
  world.line.say({ type: "people", names: { p1: "Amna", p2: "Bo", p3: "Cy" } });
  const next = { ...TAKEN, seat: "PHL", person: "p3", name: "" };
  world.line.say({ type: "events", seq: 5, events: [next] });
  expect(session.position?.holders["PHL"]?.name).toBe("Cy");
});

test("an id without a number is somebody", () => {
  second({ p1: "Amna", p2: "Bo" });
  const signed: GameEvent = {
    type: "facilitator_acted",
    person: "0a1b",
    name: "",
    command: "start_match",
    at_ms: 60_002,
  };
  world.line.say({ type: "events", seq: 5, events: [signed] });
  expect(session.log.at(-1)).toMatchObject({ name: "A person" });
});

test("events of rules 1 keep the names that they hold", () => {
  world.line.say({ type: "people", names: { p1: "Somebody else" } });
  world.line.say({ type: "events", seq: 2, events: [TAKEN] });
  expect(session.position?.holders["CHN"]?.name).toBe("Amna");
});
