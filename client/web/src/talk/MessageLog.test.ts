// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import MessageLog from "./MessageLog.svelte";

let shown: ReturnType<typeof mount>;
afterEach(() => unmount(shown));

function show(empty?: string): string {
  const props = { messages: [], mine: "CHN", nameOf: (seat: string) => seat, arenas: [] };
  const label = "Everyone";
  const target = document.body;
  shown = mount(MessageLog, { target, props: { ...props, label, ...(empty ? { empty } : {}) } });
  return document.body.textContent.trim();
}

test("an empty room says so, or what waits elsewhere", () => {
  expect(show()).toBe("No messages yet.");
});

test("where a proposal waits, that is said instead", () => {
  expect(show("1 proposal waits")).toBe("1 proposal waits");
});
