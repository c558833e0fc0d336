import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, Position } from "../wire/types.ts";
import { announcements, marks, openInjects } from "./news.ts";

const inject = (name: string) => ({
  name,
  title: name,
  text: "x",
  rounds: 1,
  effects: [],
  round: null,
});
const said = (sender: string | null, room: string[], text: string): GameEvent => ({
  type: "message_said",
  round: 1,
  sender,
  room,
  text,
  act: null,
  at_ms: 2,
  speaker: null,
});

function after(events: GameEvent[], shows_ready = true): Position {
  return fold([created(scenario({ shows_ready })), ...events])!;
}

test("injects stand while they count, the newest first", () => {
  const opened = ["a", "b", "c"].map((name): GameEvent => ({
    type: "inject_opened",
    round: 1,
    inject: inject(name),
    first_round: 1,
    last_round: 1,
    at_ms: 2,
  }));
  const events: GameEvent[] = [
    ...opened,
    { type: "inject_closed", round: 2, inject: "b", at_ms: 3 },
  ];
  expect(openInjects(after(events)).map((each) => each.inject.name)).toEqual(["c", "a"]);
  const ended: GameEvent = { type: "match_ended", reason: "facilitator", seed: "s", at_ms: 4 };
  expect(openInjects(after([...events, ended]))).toEqual([]);
});

test("a hall is told what the facilitator said to all, and nothing else", () => {
  const position = after([
    said(null, [], "one"),
    said("CHN", [], "no"),
    said(null, ["CHN"], "secret"),
    said(null, [], "two"),
  ]);
  expect(announcements(position, 5).map(({ text }) => text)).toEqual(["two", "one"]);
  expect(announcements(position, 1).map(({ text }) => text)).toEqual(["two"]);
});

test("who has locked in is shown where the scenario lets everybody see it", () => {
  const events: GameEvent[] = [
    { type: "seat_taken", seat: "CHN", person: "p", name: "Li", at_ms: 2 },
    { type: "ready_set", round: 0, phase: "lobby", seat: "CHN", is_ready: true, at_ms: 3 },
    { type: "bot_seated", seat: "PHL", strategy: null, at_ms: 3 },
  ];
  expect(marks(after(events, false))).toBeNull();
  expect(marks(after(events))?.map(({ mark }) => mark)).toEqual(["ready", "program"]);
  expect(marks(after([]))?.map(({ mark }) => mark)).toEqual(["nobody", "nobody"]);
  const away: GameEvent = {
    type: "autopilot_engaged",
    seat: "CHN",
    strategy: "bully",
    reason: "absent",
    at_ms: 4,
  };
  expect(marks(after([...events, away]))?.[0]?.mark).toBe("program");
  expect(marks(after(events.slice(0, 1)))?.[0]?.mark).toBe("open");
});
