// @vitest-environment jsdom
import { flushSync, mount, tick, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ConsoleDesk } from "./console.svelte.ts";
import DealDialog from "./DealDialog.svelte";
import type { Dealt } from "../wire/types.ts";

const asked: { matches: number | null; answer: (dealt: Dealt) => void }[] = [];
const desk = {
  problems: [] as string[],
  isBusy: false,
  ask: (_: string, { matches }: { matches: number | null }) =>
    new Promise<Dealt>((answer) => asked.push({ matches, answer })),
} as unknown as ConsoleDesk;
let shown: ReturnType<typeof mount>;

beforeEach(() => {
  asked.length = 0;
  shown = mount(DealDialog, {
    target: document.body,
    props: { open: true, desk, people: 12, isAgain: false },
  });
  flushSync();
});

afterEach(() => unmount(shown));

const field = () => document.querySelector<HTMLInputElement>("input");

async function answer(place: number, matches: number): Promise<void> {
  const each = Array<number>(matches).fill(6);
  asked[place]?.answer({ sizes: each, seats: each, bots: 0 } as unknown as Dealt);
  await tick();
  await tick();
}

test("nothing can be typed until there is a plan, which would write over it", async () => {
  expect(asked.map(({ matches }) => matches)).toEqual([null]);
  expect(field()).toBeNull();
  await answer(0, 2);
  expect(field()?.valueAsNumber).toBe(2);
});

test("what is typed stays, whichever answer comes first", async () => {
  await answer(0, 2);
  const input = field() as HTMLInputElement;
  for (const typed of ["4", "3"]) {
    input.value = typed;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    flushSync();
  }
  expect(asked.map(({ matches }) => matches)).toEqual([null, 4, 3]);
  await answer(2, 3);
  await answer(1, 4);
  expect(input.value).toBe("3");
  expect(document.body.textContent).toContain("3 tables");
});

test.each(["0", "99", "", "1.5"])(
  "%j tables cannot be made, and what can be is said",
  async (typed) => {
    await answer(0, 2);
    const input = field() as HTMLInputElement;
    const type = (value: string) => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      flushSync();
    };
    const go = () => document.querySelector<HTMLButtonElement>("button[type=submit]")!;
    const isOff = () => go().disabled || go().getAttribute("aria-disabled") === "true";
    type(typed);
    expect(document.body.textContent).toContain("Enter a whole number from 1 to 12.");
    expect(document.body.textContent).not.toContain("2 tables");
    expect(isOff()).toBe(true);
    type("3");
    await answer(1, 3);
    expect(document.body.textContent).toContain("3 tables");
    expect(isOff()).toBe(false);
  },
);
