// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { FakeWorld, joined } from "../net/fakes.ts";
import type { Place } from "../net/places.ts";
import { branched, opens } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import { api } from "../services.ts";
import type { GameEvent, Position, You } from "../wire/types.ts";
import FacilitatorBar from "./FacilitatorBar.svelte";

const HOST: You = { role: "facilitator", seat: null, person: null, name: null };
const PLACE: Place = {
  match: "m1",
  role: "facilitator",
  token: "secret",
  title: "",
  scenario: "",
  code: "ABCD-EFGH",
  name: null,
  atMs: 0,
};
const at_ms = 5;
const START: GameEvent[] = [
  created(scenario()),
  { type: "seat_taken", seat: "CHN", person: "ann", name: "Ann", at_ms },
  { type: "seat_taken", seat: "PHL", person: "bo", name: "Bo", at_ms },
  opens(0, "briefing"),
];
const ready: GameEvent = {
  type: "ready_set",
  round: 1,
  phase: "decision",
  seat: "PHL",
  is_ready: true,
  at_ms,
};

let shown: ReturnType<typeof mount>;
let world: FakeWorld;

afterEach(() => unmount(shown));

function show(...events: GameEvent[]): void {
  vi.spyOn(api, "strategies").mockResolvedValue([]);
  world = new FakeWorld();
  const session = joined(world, HOST, ...START, ...events);
  const props = {
    session,
    place: PLACE,
    get position() {
      return session.position as Position;
    },
  };
  shown = mount(FacilitatorBar, { target: document.body, props });
  flushSync();
}

const dialog = () => document.querySelector("dialog[open]");
const words = () => dialog()?.textContent.replace(/\s+/g, " ") ?? "";
const sent = () => world.line.of("command").map(({ command }) => command);

function press(name: string): void {
  const found = [...document.querySelectorAll("button")].filter(
    (button) => button.textContent.trim() === name,
  );
  if (found.length !== 1) throw new Error(`${found.length} buttons "${name}"`);
  found[0]!.click();
  flushSync();
}

test("the end of a decision is asked once, with how many may still choose", () => {
  show(opens(1, "decision"), ready);
  press("End this phase");
  expect(words()).toContain("1 seat is not done: China.");
  expect(sent()).toEqual([]);
  press("End it anyway");
  expect(sent()).toEqual([{ type: "skip_phase", round: 1, phase: "decision" }]);
  expect(dialog()).toBeNull();
});

test.each([
  [[opens(1, "negotiation")], "negotiation"],
  [[opens(1, "decision"), ready, { ...ready, seat: "CHN" }], "decision"],
])("where nobody loses a choice, nothing is asked", (events, phase) => {
  show(...(events as GameEvent[]));
  press("End this phase");
  expect(dialog()).toBeNull();
  expect(sent()).toEqual([{ type: "skip_phase", round: 1, phase }]);
});

test("an undo says where it leads, and is not offered where it leads nowhere", async () => {
  show(opens(1, "decision"), opens(1, "reveal"), opens(2, "negotiation"));
  press("Undo");
  expect(words()).toContain("Back to: round 1, Reveal.");
  await unmount(shown);
  show();
  expect(() => press("Undo")).toThrow("0 buttons");
});

test("a seat that nobody plays is named, with the code that gives it; then nobody is called ready", () => {
  show();
  const bar = () => document.querySelector("section.bar")?.textContent.replace(/\s+/g, " ") ?? "";
  expect(bar()).not.toContain("ABCD-EFGH");
  const vacated = (seat: string): GameEvent => ({ type: "seat_vacated", seat, at_ms });
  void unmount(shown);
  show(vacated("CHN"), vacated("PHL"));
  expect(bar()).toContain("Nobody plays China and the Philippines. Code: ABCD-EFGH");
  expect(bar()).not.toContain("Everyone is ready");
});

test("a model that waits for its people opens with its QR code, and any other match does not", () => {
  const branch = branched();
  const model = { ...branch, model_from: 1 };
  const vacated: GameEvent = { type: "seat_vacated", seat: "CHN", at_ms };
  const code = () => dialog()?.querySelector("svg[role=img]");
  show(opens(1, "negotiation"), vacated, branch);
  expect(code()).toBeUndefined();
  void unmount(shown);
  show(opens(1, "negotiation"), model);
  expect(code()).toBeUndefined();
  void unmount(shown);
  show(opens(1, "negotiation"), model, vacated);
  expect(code()).toBeTruthy();
  expect(words()).toMatch(/^ ?Seats.*ABCD-EFGH.*Philippines/);
});
