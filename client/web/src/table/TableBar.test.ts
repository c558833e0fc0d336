// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWorld, joined } from "../net/fakes.ts";
import { reachOf } from "../rules/reach.ts";
import { branched, opens } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, Position, You } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import TableBar from "./TableBar.svelte";

const ANN: You = { role: "player", seat: "CHN", person: "ann", name: "Ann" };
const at_ms = 5;
const PLAYED: GameEvent[] = [
  created(scenario({ delegates: 2 })),
  { type: "seat_taken", seat: "CHN", person: "ann", name: "Ann", at_ms },
  opens(0, "briefing"),
  opens(1, "negotiation"),
];
const BRANCHED = branched();

let shown: ReturnType<typeof mount>;
let briefs: number;

/** jsdom measures nothing, so nothing is ever observed. */
class Unmeasured {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", Unmeasured);
});

afterEach(async () => {
  await unmount(shown);
  vi.unstubAllGlobals();
});

/** The bar as somebody sees it after some events. */
function show(you: You, ...events: GameEvent[]): void {
  showWith({}, you, ...events);
}

function showWith(more: object, you: You, ...events: GameEvent[]): void {
  briefs = 0;
  const live = joined(new FakeWorld(), you, ...events);
  const position = live.position as Position;
  const props = {
    table: {
      session: live,
      position,
      you,
      reach: reachOf(position, you),
      nameOf: seatNames(position.scenario),
    },
    open: [],
    onask: () => {},
    onbrief: () => (briefs += 1),
    heightPx: 0,
    ...more,
  };
  shown = mount(TableBar, { target: document.body, props });
  flushSync();
}

const words = () => document.body.textContent.replace(/\s+/g, " ");

function press(name: RegExp): void {
  const found = [...document.querySelectorAll("button")].find((button) =>
    name.test(button.getAttribute("aria-label") ?? button.textContent.replace(/\s+/g, " ")),
  );
  if (!found) throw new Error(`no button ${name} in ${words()}`);
  found.click();
  flushSync();
}

test("the name of my seat opens my brief, in any phase", () => {
  show(ANN, ...PLAYED);
  press(/^you China: My brief$/);
  expect(briefs).toBe(1);
});

test("whoever looks on has no brief", () => {
  show({ role: "observer", seat: null, person: null, name: null }, ...PLAYED);
  expect(document.querySelector('[aria-haspopup="dialog"]')).toBeNull();
});

test("an undo is shown to everybody until it was read", () => {
  show(ANN, ...PLAYED, BRANCHED);
  expect(words()).toContain("The facilitator went back to round 1, Negotiation.");
  press(/^Close: The facilitator went back/);
  expect(words()).not.toContain("went back");
});

test("news stands in the bar only where it is not in sight below", () => {
  const inject = {
    name: "reef",
    title: "A reef",
    text: "New.",
    rounds: 1,
    effects: [],
    round: null,
  };
  const opened = { type: "inject_opened", round: 1, inject, first_round: 1, last_round: 1, at_ms };
  show(ANN, ...PLAYED, opened as GameEvent);
  expect(words()).toContain("A reef");
  void unmount(shown);
  showWith({ isNewsInSight: true }, ANN, ...PLAYED, opened as GameEvent);
  expect(words()).not.toContain("A reef");
});

test("whoever was moved is shown where to, and their old mates who left", () => {
  const mate: GameEvent = { type: "delegate_joined", seat: "CHN", person: "bo", name: "Bo", at_ms };
  const left: GameEvent[] = [
    { type: "pen_passed", seat: "CHN", person: "bo", at_ms },
    { type: "delegate_left", seat: "CHN", person: "ann", at_ms },
    { type: "seat_taken", seat: "PHL", person: "ann", name: "Ann", at_ms },
  ];
  show({ ...ANN, seat: "PHL" }, ...PLAYED, mate, ...left);
  expect(words()).toContain("The facilitator moved you. You are the Philippines now.");
  expect(words()).not.toContain("Bo");
  void unmount(shown);
  show({ ...ANN, person: "bo", name: "Bo" }, ...PLAYED, mate, ...left);
  expect(words()).toContain("You hold the pen now: you choose for China.");
  expect(words()).toContain("Ann has left your delegation.");
});
