// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { draftIn } from "../rules/pact-draft.ts";
import { LOBBY } from "../rules/samples.ts";
import { tools } from "../ui/tools.svelte.ts";
import type { Binding } from "../wire/types.ts";
import ComposeBinding from "./ComposeBinding.svelte";

const { arenas } = LOBBY;

let shown: ReturnType<typeof mount>;
beforeEach(() => {
  tools.areAll = false;
});
afterEach(() => {
  tools.areAll = false;
  return unmount(shown);
});

function show(round: number, binding: Binding = "treaty"): void {
  const draft = { ...draftIn(arenas[0]!, "CHN", 8), binding };
  const props = { draft, position: { ...LOBBY, round }, onbinding: () => {} };
  shown = mount(ComposeBinding, { target: document.body, props });
}

const ways = () => document.querySelectorAll("[type=radio]").length;

test("round 1 offers pacts that bind by trust alone, until all tools are asked for", () => {
  show(1);
  expect(ways()).toBe(2);
  document.querySelector("button")!.click();
  flushSync();
  expect(ways()).toBe(4);
  expect(document.querySelector("button")).toBeNull();
});

test("round 2 offers them all", () => {
  show(2);
  expect(ways()).toBe(4);
});

test("somebody else's terms are shown as they are in round 1, too", () => {
  show(1, "escrow");
  expect(ways()).toBe(3);
  expect(document.querySelector<HTMLInputElement>("[type=radio]:checked")).not.toBeNull();
});
