// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { scenario } from "../rules/samples.ts";
import type { Inject, Scenario } from "../wire/types.ts";
import InjectDialog from "./InjectDialog.svelte";

const send = vi.fn((news: Inject) => Promise.resolve(news.effects.length > 0));
let shown: ReturnType<typeof mount>;

/** One arena of corners and one of terms. */
function played(): Scenario {
  const plain = scenario();
  const [first] = plain.arenas;
  const pair = { ...first!, name: "pair", game: { ...first!.game, type: "bimatrix" } };
  const crowd = { ...first!, name: "crowd", game: { ...first!.game, type: "collective" } };
  return { ...plain, deck: [], arenas: [pair, crowd] } as unknown as Scenario;
}

beforeEach(async () => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  const props = {
    open: true,
    title: "News",
    scenario: () => Promise.resolve(played()),
    problems: [],
    send,
  };
  shown = mount(InjectDialog, { target: document.body, props });
  await vi.waitFor(() => expect(arena().options).toHaveLength(3));
});

afterEach(() => unmount(shown));

const selects = () => [...document.querySelectorAll("select")];
const arena = () => selects()[2]!;
const parameter = () => selects()[3]!;

function choose(select: HTMLSelectElement, value: string): void {
  select.value = value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  flushSync();
}

function fill(selector: string, text: string): void {
  const field = document.querySelector<HTMLInputElement>(selector)!;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

test("the first parameter of the arena is chosen at once, and shown", () => {
  choose(arena(), "pair");
  expect(parameter().value).toBe("T");
});

test("a parameter that another arena's game has not gives way to that one's first", () => {
  choose(arena(), "pair");
  choose(parameter(), "S");
  expect(parameter().value).toBe("S");
  choose(arena(), "crowd");
  expect(parameter().value).toBe("b");
  fill("form input", "News");
  fill("form textarea", "It came today.");
  flushSync();
  document.querySelector("form")!.requestSubmit();
  expect(send.mock.lastCall?.[0].effects).toMatchObject([{ arena: "crowd", parameter: "b" }]);
});
