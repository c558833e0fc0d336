// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scenario } from "../rules/samples.ts";
import BriefSheet from "./BriefSheet.svelte";

let shown: ReturnType<typeof mount>;
let happened: string[];

beforeEach(() => {
  // jsdom knows the element, and neither of these.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  happened = [];
});

afterEach(() => unmount(shown));

function show(reasons: readonly string[], goals?: readonly string[]): void {
  const plain = scenario();
  const players = plain.players.map((each) => (goals ? { ...each, goals } : each));
  const props = {
    open: true,
    scenario: { ...plain, players },
    seat: "PHL",
    reasons,
    onclose: () => happened.push("closed"),
    ongo: () => happened.push("gone on"),
  };
  shown = mount(BriefSheet, { target: document.body, props });
  flushSync();
}

const words = () => document.body.textContent.replace(/\s+/g, " ");

test("whoever it comes to is told why and who they are, and goes on with one button", () => {
  show(["The match has already started.", "The facilitator moved you."]);
  expect(words()).toContain("The match has already started.");
  expect(words()).toContain("The facilitator moved you.");
  expect(words()).toContain("A claimant.");
  const [go, ...others] = document.querySelectorAll<HTMLButtonElement>("footer button");
  expect([go?.textContent.trim(), others.length]).toEqual(["Continue as the Philippines", 0]);
  go?.click();
  flushSync();
  expect(happened).toEqual(["closed", "gone on"]);
});

test("whoever reads it again is not told that they are late", () => {
  show([]);
  expect(words()).toContain("A claimant.");
  expect(words()).not.toContain("already");
});

test("the brief says what is good for the seat, where the scenario does", () => {
  show([], ["You gain most when the code holds.", "You depend on one ally."]);
  expect(words()).toContain("What is good for you");
  const lines = [...document.querySelectorAll(".mine li")].map((each) => each.textContent.trim());
  expect(lines).toEqual(["You gain most when the code holds.", "You depend on one ally."]);
});

test("without goals the brief has no empty heading", () => {
  show([]);
  expect(words()).not.toContain("What is good for you");
});
