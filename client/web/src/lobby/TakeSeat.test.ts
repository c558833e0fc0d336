// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeWorld, joined } from "../net/fakes.ts";
import type { Session } from "../net/session.svelte.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, Position, You } from "../wire/types.ts";
import TakeSeat from "./TakeSeat.svelte";

const ME: You = { role: "player", seat: null, person: "p1", name: "Amna" };
const BOT: GameEvent = { type: "bot_seated", seat: "PHL", strategy: null, at_ms: 2 };

let world: FakeWorld;
let session: Session;
let shown: ReturnType<typeof mount>;

beforeEach(() => {
  world = new FakeWorld();
  session = joined(world, ME, created(scenario()), BOT);
  show();
});

afterEach(() => unmount(shown));

function show(more: { isDealt?: boolean; isLate?: boolean } = {}): void {
  const props = {
    session,
    get position() {
      return session.position as Position;
    },
    ...more,
  };
  shown = mount(TakeSeat, { target: document.body, props });
}

/** The same list, as the person who now holds China sees it. */
async function seated(more: { isDealt?: boolean }): Promise<void> {
  const taken: GameEvent = { type: "seat_taken", seat: "CHN", person: "p1", name: "A", at_ms: 3 };
  await unmount(shown);
  world.line.welcome("seat:CHN", { ...ME, seat: "CHN" });
  world.line.say({ type: "events", seq: 1, events: [created(scenario()), BOT, taken] });
  show(more);
}

function button(label: string): HTMLButtonElement {
  const found = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`);
  if (!found) throw new Error(`no button "${label}" among ${document.body.textContent}`);
  return found;
}

function takeChina(): void {
  button("Sit here: China").click();
  flushSync();
}

test("a free seat and a bot's seat can both be taken", () => {
  expect(button("Sit here: China").textContent).toContain("Sit here");
  expect(button("Sit here: Philippines").textContent).toContain("Sit here");
});

test("a click shows that it is being sent, and a second one sends nothing", () => {
  takeChina();
  takeChina();
  expect(button("Sit here: China").textContent).toContain("Sending…");
  expect(world.line.of("command").map(({ command }) => command)).toEqual([
    { type: "take_seat", seat: "CHN", name: "Amna" },
  ]);
  expect(document.body.textContent).not.toContain("you");
});

test("the seat is mine when the server has said so, and the button keeps the focus", () => {
  const pressed = button("Sit here: China");
  pressed.focus();
  takeChina();
  const taken: GameEvent = {
    type: "seat_taken",
    seat: "CHN",
    person: "p1",
    name: "Amna",
    at_ms: 50_000,
  };
  world.line.welcome("seat:CHN", { ...ME, seat: "CHN" });
  world.line.say({ type: "events", seq: 1, events: [created(scenario()), BOT, taken] });
  flushSync();
  expect(button("Leave the seat of China")).toBe(pressed);
  expect(document.activeElement).toBe(pressed);
});

test("a delegation with room can be joined, and a full one cannot", () => {
  const bo: GameEvent = { type: "seat_taken", seat: "CHN", person: "p2", name: "Bo", at_ms: 3 };
  const cy: GameEvent = {
    type: "delegate_joined",
    seat: "CHN",
    person: "p3",
    name: "Cy",
    at_ms: 4,
  };
  const shared = created({ ...scenario(), delegates: 2 });
  world.line.welcome("public", ME);
  world.line.say({ type: "events", seq: 1, events: [shared, BOT, bo] });
  flushSync();
  expect(button("Join the delegation of China").textContent).toContain("Join them");
  button("Join the delegation of China").click();
  expect(world.line.of("command").map(({ command }) => command)).toEqual([
    { type: "take_seat", seat: "CHN", name: "Amna" },
  ]);
  world.line.welcome("public", ME);
  world.line.say({ type: "events", seq: 1, events: [shared, BOT, bo, cy] });
  flushSync();
  expect(document.body.textContent).toContain("Bo and Cy");
  expect(document.querySelector('button[aria-label*="China"]')).toBeNull();
});

test("who only looks on is offered no seat", () => {
  world.line.welcome("public", { ...ME, role: "observer" });
  flushSync();
  expect(document.querySelectorAll("button")).toHaveLength(0);
});

test("a seat that was dealt is neither left nor changed; a chosen one is", async () => {
  await seated({ isDealt: true });
  expect(document.querySelectorAll("button")).toHaveLength(0);
  await seated({});
  expect(button("Leave the seat of China")).toBeTruthy();
  expect(button("Sit here: Philippines")).toBeTruthy();
});

test("whoever was dealt no seat, or lost it, may take one", async () => {
  await unmount(shown);
  show({ isDealt: true });
  expect(button("Sit here: Philippines")).toBeTruthy();
});

test("whoever comes late reads the brief of each seat they may take, a bot's too", async () => {
  expect(document.querySelectorAll("details[open]")).toHaveLength(0);
  await unmount(shown);
  show({ isLate: true });
  const offered = document.querySelectorAll('button[aria-label^="Sit here"]').length;
  expect(offered).toBeGreaterThan(1);
  expect(document.querySelectorAll("details[open]")).toHaveLength(offered);
});
