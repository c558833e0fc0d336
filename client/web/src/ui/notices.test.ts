// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { announcer } from "../design/announcer.svelte.ts";
import { memory } from "../memory.svelte.ts";
import FaultNotice from "./FaultNotice.svelte";
import { rewriting } from "./rewriting.svelte.ts";
import Surroundings from "./Surroundings.svelte";

let shown: ReturnType<typeof mount>;

beforeEach(() => vi.useFakeTimers());

afterEach(async () => {
  await unmount(shown);
  [memory.isKept, rewriting.isSeen] = [true, false];
  vi.useRealTimers();
});

/** Let what waits to be read aloud come to its turn. */
function listen(): void {
  flushSync();
  vi.advanceTimersByTime(1_000);
  flushSync();
}

test.each(["Round 1.", "Round 2."])("%s is heard, though a test before said more", (words) => {
  shown = mount(Surroundings, { target: document.body });
  announcer.say(words);
  listen();
  expect(announcer.polite).toBe(words);
  announcer.say("Nobody waits for this.");
});

test("an oddity is read aloud when it comes, and not when another one is closed", () => {
  shown = mount(Surroundings, { target: document.body });
  memory.isKept = false;
  listen();
  expect(announcer.polite).toContain("cannot remember");
  rewriting.isSeen = true;
  listen();
  expect(announcer.polite).not.toContain("cannot remember");
  announcer.say("Round 2.");
  listen();
  document.querySelector("button")!.click();
  listen();
  expect(document.querySelectorAll(".notice")).toHaveLength(1);
  expect(announcer.polite).toBe("Round 2.");
});

test("what was read aloud is gone from the page after a while", () => {
  shown = mount(Surroundings, { target: document.body });
  announcer.say("Round 3.");
  listen();
  expect(announcer.polite).toBe("Round 3.");
  vi.advanceTimersByTime(60_000);
  expect(announcer.polite).toBe("");
});

test("a fault is read aloud once, however its notice changes, and goes when it is closed", () => {
  let closed = 0;
  const props = { words: "Not done: too late", onclose: () => (closed += 1) };
  shown = mount(FaultNotice, { target: document.body, props });
  listen();
  expect(announcer.assertive).toBe("Not done: too late");
  document.querySelector("button")!.click();
  expect(closed).toBe(1);
});
