// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { tick } from "./signals.svelte.ts";
import TickButton from "./TickButton.svelte";

const NOW_MS = 1_000_000;

let shown: ReturnType<typeof mount>;
let ticks: number;

beforeEach(() => {
  ticks = 0;
  vi.useFakeTimers({ now: NOW_MS });
  vi.spyOn(tick, "give").mockImplementation(() => void (ticks += 1));
  vi.spyOn(tick, "isHere", "get").mockReturnValue(true);
});
afterEach(async () => {
  await unmount(shown);
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Look on for ten seconds, of which the phase has six and a half left. */
function lookOn(paused_at_ms: number | null): void {
  const position = { deadline_ms: NOW_MS + 6_500, paused_at_ms };
  const props = { position, serverNow: () => Date.now() };
  shown = mount(TickButton, { target: document.body, props });
  flushSync();
  for (let looks = 0; looks < 40; looks += 1) {
    vi.advanceTimersByTime(250);
    flushSync();
  }
}

test("each of the last five seconds ticks once", () => {
  lookOn(null);
  expect(ticks).toBe(5);
});

test("a pause ticks not at all", () => {
  lookOn(NOW_MS);
  expect(ticks).toBe(0);
});

test("the button says whether it is on", () => {
  lookOn(NOW_MS);
  const button = document.querySelector("button")!;
  expect(button.getAttribute("aria-pressed")).toBe("false");
  button.click();
  flushSync();
  expect(button.getAttribute("aria-pressed")).toBe("true");
  tick.turn();
});
