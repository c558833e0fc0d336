// @vitest-environment jsdom
import { mount, unmount, type Component } from "svelte";
import { expect, test } from "vitest";
import type { SeminarPlace } from "../net/places.ts";
import { matchCard, personCard } from "../net/seminar-samples.ts";
import type { MatchCard, PersonCard, SeatCard } from "../wire/types.ts";
import ClassList from "./ClassList.svelte";
import ConsoleHead from "./ConsoleHead.svelte";
import { emptySeats, seatless } from "./empty-seats.ts";
import MatchPanel from "./MatchPanel.svelte";
import { ConsoleTasks } from "./tasks.svelte.ts";

const [plain] = matchCard().seats as [SeatCard];
const AMNA = { person: "p1", name: "Amna", is_here: true };
const held: SeatCard = { ...plain, people: [AMNA] };
const played: SeatCard = { ...plain, seat: "PHL", country: "Philippines", bot: "grudger" };
const empty: SeatCard = { ...plain, seat: "VNM", country: "Vietnam" };

const amna: PersonCard = personCard({ match: "m1" });
const ben: PersonCard = personCard({ person: "p2", name: "Ben", match: "m1" });
const match: MatchCard = matchCard({ phase: "lobby", seats: [held, played, empty] });

function shows<Props extends Record<string, unknown>>(
  component: Component<Props, Record<string, unknown>, "">,
  props: Props,
): string {
  const shown = mount(component, { target: document.body, props });
  const words = document.body.textContent.replace(/\s+/g, " ");
  void unmount(shown);
  return words;
}

test("a seat is empty that neither people nor a bot hold, until the match is over", () => {
  expect(emptySeats(match).map(({ seat }) => seat)).toEqual(["VNM"]);
  expect(emptySeats({ ...match, phase: "debrief" })).toEqual([]);
});

test("whoever has a match and no seat in it is found; who waits, or looks back, is not", () => {
  const waits = personCard({ person: "p3", name: "Cem" });
  expect(seatless([amna, ben, waits], [match])).toEqual([ben]);
  expect(seatless([amna, ben, waits], [{ ...match, phase: "debrief" }])).toEqual([]);
  expect(seatless([amna, ben, waits], [])).toEqual([]);
});

test("the console counts and names whoever has no seat", () => {
  const place: SeminarPlace = {
    seminar: "s1",
    role: "facilitator",
    token: "t",
    code: "ABCD-EFGH",
    name: "Monday",
    key: null,
    atMs: 0,
  };
  const tasks = new ConsoleTasks();
  const props = { place, card: null, matches: [match], people: [amna, ben], tasks };
  expect(shows(ConsoleHead, props)).toContain("1 has no seat: Ben");
  expect(shows(ConsoleHead, { ...props, people: [amna] })).not.toContain("no seat");
});

test("the class list does not call somebody without a seat one of the match", () => {
  const props = { people: [amna, ben], matches: [match], tasks: new ConsoleTasks() };
  expect(shows(ClassList, props)).toMatch(/Amna here · table 1 .*Ben here · table 1, no seat/);
});

test("a card names its empty seats before the start and after it", () => {
  const props = {
    all: [],
    now: 0,
    isChosen: false,
    act: () => {},
    tasks: new ConsoleTasks(),
    onopen: () => {},
  };
  expect(shows(MatchPanel, { ...props, card: match })).toContain(
    "Vietnam is empty. A bot takes it at the start.",
  );
  expect(shows(MatchPanel, { ...props, card: { ...match, phase: "decision" } })).toContain(
    "Nobody plays Vietnam.",
  );
  expect(shows(MatchPanel, { ...props, card: { ...match, seats: [held, played] } })).not.toContain(
    "empty",
  );
});
