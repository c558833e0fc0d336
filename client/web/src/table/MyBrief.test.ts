// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PlaySession } from "../net/play-session.ts";
import { fold } from "../rules/evolve.ts";
import { reachOf } from "../rules/reach.ts";
import { branched, opens } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, Position, Seat } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import MyBrief from "./MyBrief.svelte";

const sits = (seat: Seat, at_ms: number): GameEvent => ({
  type: "seat_taken",
  seat,
  person: "ann",
  name: "Ann",
  at_ms,
});
const PLAYED = [created(scenario()), sits("CHN", 2), opens(0, "briefing"), opens(1, "negotiation")];
const LATE = [created(scenario()), opens(0, "briefing"), opens(1, "negotiation"), sits("PHL", 8)];
const MOVED: GameEvent[] = [{ type: "seat_vacated", seat: "CHN", at_ms: 9 }, sits("PHL", 9)];
const UNDONE = branched(12);

let shown: ReturnType<typeof mount>;
let read: string[];
let isPlaced: boolean;

beforeEach(() => {
  read = [];
  isPlaced = false;
});
afterEach(() => unmount(shown));

function show(seat: Seat, log: readonly GameEvent[], askedFor: Seat | null = null): void {
  const position = fold(log) as Position;
  const you = { role: "player", seat, person: "ann", name: "Ann" } as const;
  const session = { log } as unknown as PlaySession;
  const nameOf = seatNames(position.scenario);
  const props = {
    table: { session, position, you, reach: reachOf(position, you), nameOf },
    seat,
    askedFor,
    get isPlaced() {
      return isPlaced;
    },
    onread: (told: readonly string[]) => {
      isPlaced = false;
      read.push(...told);
    },
    ongo: () => {},
  };
  shown = mount(MyBrief, { target: document.body, props });
  flushSync();
}

/** What stands on the card, or nothing. */
function card(): string {
  const dialog = document.querySelector("dialog")!;
  return dialog.open ? dialog.textContent.replace(/\s+/g, " ") : "";
}

function goOn(): void {
  document.querySelector<HTMLButtonElement>("footer button")!.click();
  flushSync();
}

/** The page is loaded again. */
async function again(seat: Seat, log: readonly GameEvent[]): Promise<string> {
  await unmount(shown);
  show(seat, log);
  return card();
}

test("whoever played from the start is shown nothing", () => {
  show("CHN", PLAYED);
  expect(card()).toBe("");
});

test("whoever is moved is told so with their new brief, once", async () => {
  const log = [...PLAYED, ...MOVED];
  show("PHL", log);
  expect(card()).toContain("The facilitator moved you. You are the Philippines now.");
  expect(card()).toContain("A claimant.");
  expect(card()).not.toContain("already");
  goOn();
  expect(card()).toBe("");
  expect(read).toHaveLength(1);
  expect(await again("PHL", log)).toBe("");
});

test("whoever is moved back to a seat whose brief they know is told that, too", async () => {
  const log = [...PLAYED, ...MOVED];
  show("PHL", log);
  goOn();
  const back: GameEvent[] = [{ type: "seat_vacated", seat: "PHL", at_ms: 20 }, sits("CHN", 20)];
  expect(await again("CHN", [...log, ...back])).toContain("You are China now.");
});

test("an undone phase is told with the brief, once, and each undo anew", async () => {
  const log = [...PLAYED, UNDONE];
  show("CHN", log);
  expect(card()).toContain("The facilitator went back to round 1, Negotiation.");
  goOn();
  expect(await again("CHN", log)).toBe("");
  expect(await again("CHN", [...PLAYED, { ...UNDONE, at_ms: 30 }])).toContain("went back");
});

test("whoever comes from another table is told so, until they have read it", () => {
  isPlaced = true;
  show("PHL", LATE);
  expect(card()).toContain("The facilitator moved you to this match.");
  expect(card()).not.toContain("already");
  goOn();
  expect(card()).toBe("");
});

test("whoever came from there before the start was told so then", () => {
  isPlaced = true;
  show("CHN", PLAYED);
  expect(card()).toBe("");
});

test("whoever comes late is told who they are, unless they chose the seat by its brief", async () => {
  show("PHL", LATE);
  expect(card()).toContain("The match has already started.");
  await unmount(shown);
  localStorage.clear();
  show("PHL", LATE, "PHL");
  expect(card()).toBe("");
});
