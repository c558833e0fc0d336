// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { scenario } from "../rules/samples.ts";
import type { Phase } from "../wire/types.ts";
import TableTitle from "./TableTitle.svelte";

let shown: ReturnType<typeof mount>;
afterEach(() => {
  vi.useRealTimers();
  return unmount(shown);
});

type Time = { deadline_ms: number | null; paused_at_ms: number | null };

function show(phase: Phase, time: Partial<Time> = {}, press: "full" | "none" = "full"): string {
  const position = {
    phase,
    scenario: scenario({ press }),
    deadline_ms: null,
    paused_at_ms: null,
    ...time,
  };
  const props = { position, title: "South China Sea", serverNow: () => Date.now() };
  shown = mount(TableTitle, { target: document.body, props });
  flushSync();
  return document.title;
}

test("it says the time that is left, and goes on with it", () => {
  vi.useFakeTimers({ now: 1_000_000 });
  const deadline_ms = 1_042_500;
  expect(show("decision", { deadline_ms })).toBe("0:42 Decision · South China Sea");
  vi.advanceTimersByTime(2_000);
  flushSync();
  expect(document.title).toBe("0:40 Decision · South China Sea");
});

test("without a clock it says the phase, and of a pause that it is one", () => {
  expect(show("reveal")).toBe("Reveal · South China Sea");
  void unmount(shown);
  expect(show("decision", { deadline_ms: 9, paused_at_ms: 5 })).toBe(
    "paused Decision · South China Sea",
  );
});

test("where nobody may talk, negotiation is called what the page calls it", () => {
  expect(show("negotiation", {}, "none")).toBe("Preparation · South China Sea");
});

test("before anything is known of the match, it is the name of the whole", () => {
  const props = { position: null, title: "", serverNow: () => 0 };
  shown = mount(TableTitle, { target: document.body, props });
  flushSync();
  expect(document.title).toBe("Détente");
});
