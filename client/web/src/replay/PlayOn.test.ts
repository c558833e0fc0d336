// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { scenario } from "../rules/samples.ts";
import { places } from "../services.ts";
import type { Position } from "../wire/types.ts";
import PlayOn from "./PlayOn.svelte";

test.each([true, false])("people are let in where the server says so: %s", async (mayLead) => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  const led = { role: "facilitator", code: "", name: "", key: null, atMs: 0 } as const;
  places.keepSeminar({ ...led, seminar: "another", token: "class" });
  const position = { scenario: scenario(), round: 1, holders: {} } as unknown as Position;
  const props = { position, played: 1, mine: null, mayLead, from: { match: "m1" } };
  const shown = mount(PlayOn, { target: document.body, props });
  document.querySelector("button")!.click();
  flushSync();
  expect(document.body.textContent.includes("With people, by a code")).toBe(mayLead);
  await unmount(shown);
});
