// @vitest-environment jsdom
import { flushSync } from "svelte";
import { expect, test } from "vitest";
import { followed } from "./followed.svelte.ts";

test("a part out of sight stays where it was, and catches up in front", () => {
  let point = $state(1);
  let isInSight = $state(true);
  const seen: number[] = [];
  const end = $effect.root(() => {
    const part = followed(
      () => point,
      () => isInSight,
    );
    $effect(() => void seen.push(part.at));
  });
  flushSync();
  flushSync(() => (isInSight = false));
  flushSync(() => (point = 2));
  flushSync(() => (point = 3));
  expect(seen).toEqual([1]);
  flushSync(() => (isInSight = true));
  expect(seen).toEqual([1, 3]);
  end();
});
