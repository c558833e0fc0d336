// @vitest-environment jsdom
import { flushSync } from "svelte";
import { expect, test, vi } from "vitest";
import { settled } from "./settled.svelte.ts";

test("what is long to draw follows once the steps have ended, and at once where nothing waits", () => {
  vi.useFakeTimers();
  let point = $state(1);
  let isPatient = $state(true);
  const seen: number[] = [];
  const end = $effect.root(() => {
    const rest = settled(
      () => point,
      () => isPatient,
    );
    $effect(() => void seen.push(rest.now));
  });
  for (const to of [2, 3, 4]) flushSync(() => (point = to));
  expect(seen).toEqual([1]);
  vi.runAllTimers();
  flushSync();
  expect(seen).toEqual([1, 4]);
  flushSync(() => (isPatient = false));
  flushSync(() => (point = 5));
  expect(seen).toEqual([1, 4, 5]);
  end();
  vi.useRealTimers();
});
