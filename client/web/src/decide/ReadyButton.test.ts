// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { announcer } from "../design/announcer.svelte.ts";
import { FakeWorld, joined } from "../net/fakes.ts";
import type { Session } from "../net/session.svelte.ts";
import { created, scenario } from "../rules/samples.ts";
import { openChoices } from "../rules/waiting.ts";
import type { GameEvent, Phase, Position } from "../wire/types.ts";
import ReadyButton from "./ReadyButton.svelte";

const seat = "CHN";
const at_ms = 2;
const [talks] = scenario().arenas as [ReturnType<typeof scenario>["arenas"][number]];
const TWO = scenario({
  arenas: [talks, { ...talks, name: "reef", title: "The reef" }],
});

let world: FakeWorld;
let session: Session;
let shown: { toggle: () => void };
let asked: number[];
let seq: number;

beforeEach(() => {
  vi.spyOn(announcer, "interrupt").mockImplementation(() => {});
  world = new FakeWorld();
  session = joined(world, { role: "player", seat, person: "p1", name: "Amna" });
  seq = 1;
  asked = [];
});

afterEach(async () => {
  await unmount(shown);
  vi.restoreAllMocks();
});

function happens(...events: GameEvent[]): void {
  world.line.say({ type: "events", seq, events });
  seq += events.length;
  flushSync();
}

function during(phase: Phase): void {
  happens(
    created(TWO),
    { type: "seat_taken", seat, person: "p1", name: "Amna", at_ms },
    { type: "phase_opened", round: 1, phase, at_ms, deadline_ms: null },
  );
  const props = {
    seat,
    get table() {
      return { session, position: session.position as Position };
    },
    get open() {
      return openChoices(session.position as Position, seat);
    },
    onask: ({ number }: { number: number }) => void asked.push(number),
  };
  shown = mount(ReadyButton, { target: document.body, props }) as typeof shown;
  flushSync();
}

function choose(arena: string): void {
  happens({ type: "order_saved", round: 1, seat, actions: { [arena]: "C" }, at_ms, sources: {} });
}

function press(): void {
  document.querySelector("button")!.click();
  flushSync();
}

const words = () => document.body.textContent.replace(/\s+/g, " ");
const readies = () => world.line.of("command").map(({ command }) => command.type);

test("done with every choice made is ready at once", () => {
  during("decision");
  expect(document.querySelector("button[data-ends-phase]")).not.toBeNull(); // what a covered reveal holds
  choose("talks");
  happens({
    type: "order_saved",
    round: 1,
    seat,
    actions: { talks: "C", reef: "D" },
    at_ms,
    sources: {},
  });
  press();
  expect(readies()).toEqual(["set_ready"]);
});

test("done with a choice open names it, shows it and sends nothing", () => {
  during("decision");
  choose("talks");
  press();
  expect(readies()).toEqual([]);
  expect(words()).toContain("1 choice left: The reef. Press again to continue without it.");
  expect(words()).toContain("Continue without");
  expect(announcer.interrupt).toHaveBeenCalledWith(expect.stringContaining("The reef"));
  expect(asked).toEqual([2]);
});

test("a second press goes on without, but not one that came before anybody could read", () => {
  during("decision");
  press();
  world.pass(300);
  press();
  expect(readies()).toEqual([]);
  world.pass(500);
  press();
  expect(readies()).toEqual(["set_ready"]);
  expect(asked).toEqual([1]);
});

test("the key asks as the button does", () => {
  during("decision");
  shown.toggle();
  flushSync();
  expect(readies()).toEqual([]);
  expect(words()).toContain("2 choices left: The talks and The reef.");
  world.pass(1_000);
  shown.toggle();
  expect(readies()).toEqual(["set_ready"]);
});

test("what is open then is asked about again, if it is not what was asked about", () => {
  during("decision");
  press();
  world.pass(1_000);
  choose("talks");
  expect(words()).not.toContain("left");
  press();
  expect(readies()).toEqual([]);
  expect(words()).toContain("1 choice left: The reef.");
});

test("done talking is asked about nothing: choices come later", () => {
  during("negotiation");
  press();
  expect(readies()).toEqual(["set_ready"]);
});

test("to take ready back is asked about nothing", () => {
  during("decision");
  happens({ type: "ready_set", round: 1, phase: "decision", seat, is_ready: true, at_ms });
  press();
  expect(readies()).toEqual(["set_ready"]);
  expect(asked).toEqual([]);
});
