// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Watcher } from "../net/session.svelte.ts";
import type { PlaySession } from "../net/play-session.ts";
import { reachOf } from "../rules/reach.ts";
import { LOBBY } from "../rules/samples.ts";
import type { GameEvent, Phase, Position } from "../wire/types.ts";
import { vibration } from "../ui/signals.svelte.ts";
import { seatNames } from "../words/words.ts";
import Signals from "./Signals.svelte";

let shown: ReturnType<typeof mount>;
let watchers: Watcher[];
let held: number;

beforeEach(() => {
  watchers = [];
  held = 0;
  const release = () => Promise.resolve(void (held -= 1));
  const request = () => Promise.resolve((held += 1)).then(() => ({ release }));
  vi.stubGlobal("navigator", { wakeLock: { request } });
});
afterEach(async () => {
  await unmount(shown);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const settled = () => new Promise((done) => setTimeout(done));

function show(phase: Phase): void {
  const holder = { person: "ann", name: "Ann", is_bot: false, strategy: null, delegates: [] };
  const holders = { CHN: { ...holder, autopilot: null, autopilot_reason: null } };
  const position = { ...LOBBY, phase, round: 1, ready: {}, holders } as unknown as Position;
  const watch = (watcher: Watcher) => {
    watchers.push(watcher);
    return () => {};
  };
  const you = { role: "player", seat: "CHN", person: "ann", name: "Ann" } as const;
  const session = { watch } as unknown as PlaySession;
  const nameOf = seatNames(position.scenario);
  const table = { session, position, you, reach: reachOf(position, you), nameOf };
  const props = { table, seat: "CHN" };
  shown = mount(Signals, { target: document.body, props });
  flushSync();
}

function happens(type: GameEvent["type"]): void {
  for (const watcher of watchers) watcher({ type } as GameEvent, LOBBY);
}

test("a new phase vibrates, and nothing else does", () => {
  const given = vi.spyOn(vibration, "give").mockImplementation(() => {});
  show("decision");
  happens("message_said");
  expect(given).not.toHaveBeenCalled();
  happens("phase_opened");
  expect(given).toHaveBeenCalledOnce();
});

test("the screen is held while a choice is due, and let go with the page", async () => {
  show("decision");
  await settled();
  expect(held).toBe(1);
  await unmount(shown);
  await settled();
  expect(held).toBe(0);
  show("reveal");
  await settled();
  expect(held).toBe(0);
});
