// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import { chosen, resolved } from "../rules/sample-events.ts";
import { scenario } from "../rules/samples.ts";
import type { OrderSource, RoundResolved } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Reveal from "./Reveal.svelte";

function opened(source: OrderSource): RoundResolved {
  const sources = { CHN: source, PHL: "ordered" } as const;
  const payoffs = { CHN: 5, PHL: 0 };
  const results = [chosen({ CHN: "D", PHL: "C" }, { sources, payoffs })];
  return resolved(1, { results, gains: payoffs });
}

/** Summary and tile of China, as China or as Philippines sees them. */
async function seen(source: OrderSource, mine: string): Promise<{ summary: string; tile: string }> {
  const of = scenario();
  const props = { scenario: of, round: opened(source), mine, nameOf: seatNames(of) };
  const shown = mount(Reveal, { target: document.body, props });
  const text = (selector: string) =>
    document.querySelector(selector)!.textContent.replace(/\s+/g, " ").trim();
  const found = { summary: text(".deeds"), tile: text("li") };
  await unmount(shown);
  return found;
}

test.each(["repeated", "defaulted", "kept"] as const)(
  "what nobody chose is never called a deed, in summary or tile: %s",
  async (source) => {
    const { summary, tile } = await seen(source, "CHN");
    expect(summary).toContain("You chose nothing: counted as Defect");
    expect(summary).not.toContain("defected");
    expect(tile).toContain("Chose nothing");
    expect(tile).toContain("counted as Defect");
    expect((await seen(source, "PHL")).tile.replace("China", "you")).toBe(tile);
  },
);

test("what was chosen is a deed", async () => {
  const { summary, tile } = await seen("ordered", "CHN");
  expect(summary).toContain("You defected");
  expect(tile).toContain("Defect");
  expect(tile).not.toContain("nothing");
});

/** A reveal that happens now, to somebody who may want nothing to move. */
function live(isStill: boolean, told: boolean[] = []) {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) => ({ matches: isStill, media: query, ...LISTENED }) as unknown as MediaQueryList,
  );
  const of = scenario();
  const props = { scenario: of, round: opened("ordered"), mine: "CHN", nameOf: seatNames(of) };
  const bound = {
    get isStaged() {
      return told.at(-1) ?? false;
    },
    set isStaged(value) {
      told.push(value);
    },
  };
  const now = Object.defineProperties({ ...props, animated: true }, BOUND(bound));
  const shown = mount(Reveal, { target: document.body, props: now });
  flushSync();
  return shown;
}

const BOUND = Object.getOwnPropertyDescriptors<object>;
const LISTENED = { addEventListener: () => {}, removeEventListener: () => {} };
const isStaged = () => document.querySelector(".staged") !== null;
function isStagedNow(): boolean {
  flushSync();
  return isStaged();
}

test("a reveal is staged for the eyes alone, and any key or a tap shows all", async () => {
  for (const skip of [
    () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })),
    () =>
      document.querySelector(".reveal")!.dispatchEvent(new Event("pointerdown", { bubbles: true })),
  ]) {
    const shown = live(false);
    expect(isStaged()).toBe(true);
    const text = document.querySelector(".reveal")!.textContent;
    for (const words of ["Round 1 results", "gained most", "+5", "Philippines"]) {
      expect(text).toContain(words);
    }
    expect(document.querySelector(".reveal [aria-hidden=true].cover")).not.toBeNull();
    skip();
    flushSync();
    expect(isStaged()).toBe(false);
    await unmount(shown);
  }
  vi.restoreAllMocks();
});

test("the first key only shows all, whatever has the focus; what is typed is typed", async () => {
  const heard = vi.fn();
  window.addEventListener("keydown", heard);
  const shown = live(false);
  const [next, letter] = ["button", "textarea"].map((name) =>
    document.body.appendChild(document.createElement(name)),
  ) as [HTMLElement, HTMLElement];
  /** Whether a key does what it does in an element that has the focus. */
  const works = (of: HTMLElement, type: string, key: object = { key: " ", code: "Space" }) =>
    of.dispatchEvent(new KeyboardEvent(type, { bubbles: true, cancelable: true, ...key }));
  expect(works(next, "keydown")).toBe(false);
  expect(isStagedNow()).toBe(false);
  const isHeldDown = { key: " ", code: "Space", repeat: true };
  expect(works(next, "keydown", isHeldDown)).toBe(false);
  expect(works(next, "keyup")).toBe(false);
  expect(heard).not.toHaveBeenCalled();
  expect([works(next, "keydown"), works(next, "keyup")]).toEqual([true, true]);
  await unmount(shown);
  const again = live(false);
  expect(works(letter, "keydown")).toBe(true);
  expect(isStagedNow()).toBe(false);
  window.removeEventListener("keydown", heard);
  for (const each of [next, letter]) each.remove();
  await unmount(again);
  vi.restoreAllMocks();
});

test("the first tap on what ends the phase only shows all; on anything else it does what it does", async () => {
  const pressed = vi.fn();
  const [next, other] = [0, 1].map(() =>
    document.body.appendChild(document.createElement("button")),
  );
  next!.dataset["endsPhase"] = "";
  for (const each of [next!, other!]) each.addEventListener("click", pressed);
  const tap = (of: HTMLElement) => {
    for (const type of ["pointerdown", "click"])
      of.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
  };
  const shown = live(false);
  tap(other!);
  expect([pressed.mock.calls.length, isStagedNow()]).toEqual([1, true]);
  next!.dispatchEvent(new Event("pointerdown", { bubbles: true }));
  expect(isStagedNow()).toBe(false);
  tap(other!); // the finger had moved away: no click came
  expect(pressed).toHaveBeenCalledTimes(2);
  await unmount(shown);
  const again = live(false);
  tap(next!);
  expect([pressed.mock.calls.length, isStagedNow()]).toEqual([2, false]);
  tap(next!);
  expect(pressed).toHaveBeenCalledTimes(3);
  for (const each of [next!, other!]) each.remove();
  await unmount(again);
  vi.restoreAllMocks();
});

test("the page is told when choices begin to turn, and when all are shown", async () => {
  const told: boolean[] = [];
  const shown = live(false, told);
  expect(told.at(-1)).toBe(true);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  flushSync();
  expect(told.at(-1)).toBe(false);
  await unmount(shown);
  vi.restoreAllMocks();
});

test("nothing is staged for who wants nothing to move", async () => {
  const shown = live(true);
  expect(isStaged()).toBe(false);
  await unmount(shown);
  vi.restoreAllMocks();
});

test("points that do not add up as they are shown are said to be rounded", async () => {
  const plain = scenario();
  const arenas = ["a", "b", "c"].map((name) => ({ ...plain.arenas[0]!, name }));
  const of = { ...plain, arenas };
  const said = async (paid: readonly number[], CHN = 0) => {
    const results = arenas.map(({ name }, i) =>
      chosen({ CHN: "C", PHL: "C" }, { arena: name, payoffs: { CHN: paid[i]! } }),
    );
    const gains = { CHN: paid.reduce((sum, each) => sum + each, CHN) };
    const round = resolved(1, { results, gains, settlements: { CHN } });
    const props = { scenario: of, round, mine: "CHN", nameOf: seatNames(of) };
    const shown = mount(Reveal, { target: document.body, props });
    const found = document.querySelector("[data-rounded]")?.textContent;
    await unmount(shown);
    return found;
  };
  expect(await said([-5.2, 5.1, 2])).toBeUndefined();
  expect(await said([-5.26, 5.04, 2])).toContain("rounded to a tenth");
  expect(await said([-5.2, 5.1, 2], -0.25)).toContain("rounded to a tenth");
});
