// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { memory } from "../memory.svelte.ts";
import { tick, vibration } from "./signals.svelte.ts";

let buzzes: number;
let clicks: number;
let state: AudioContextState;

/** A device whose queries answer as told. */
function device({ isTouched = true, isStill = false } = {}): void {
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: query.includes("coarse") ? isTouched : isStill,
  }));
}

class FakeSound {
  currentTime = 0;
  destination = {};
  get state() {
    return state;
  }
  createOscillator() {
    const connect = (next: unknown) => next;
    return { frequency: {}, connect, start: () => (clicks += 1), stop: () => {} };
  }
  createGain() {
    return { gain: {}, connect: () => {} };
  }
  resume() {
    state = "running";
    return Promise.resolve();
  }
}

beforeEach(() => {
  buzzes = clicks = 0;
  state = "running";
  vi.stubGlobal("navigator", { vibrate: () => (buzzes += 1) });
  vi.stubGlobal("AudioContext", FakeSound);
  device();
});
afterEach(() => {
  if (!vibration.isOn) vibration.turn();
  if (tick.isOn) tick.turn();
  vi.unstubAllGlobals();
});

test("a phone vibrates until that is turned off, which it remembers", () => {
  vibration.give();
  expect(buzzes).toBe(1);
  vibration.turn();
  vibration.give();
  expect(buzzes).toBe(1);
  expect(memory.text("detente.vibration")).toBe("off");
  vibration.turn();
  expect(buzzes).toBe(2); // whoever turns it on feels it
  expect(memory.text("detente.vibration")).toBeNull();
});

test("nothing vibrates where less motion is wanted, or without a touch screen", () => {
  device({ isStill: true });
  vibration.give();
  device({ isTouched: false });
  vibration.give();
  expect(vibration.isHere).toBe(false);
  vi.stubGlobal("navigator", {});
  device();
  vibration.give();
  expect(vibration.isHere).toBe(false);
  expect(buzzes).toBe(0);
});

test("nothing ticks until that is turned on, which is remembered", () => {
  tick.give();
  expect(clicks).toBe(0);
  tick.turn();
  expect(clicks).toBe(1); // whoever turns it on hears it
  expect(memory.text("detente.tick")).toBe("on");
  tick.give();
  expect(clicks).toBe(2);
});

test("a page that was not touched is silent once, and ticks as soon as it may", () => {
  tick.turn();
  clicks = 0;
  state = "suspended";
  tick.give();
  expect(clicks).toBe(0);
  tick.give();
  expect(clicks).toBe(1);
});
