// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import { LOBBY } from "../rules/samples.ts";
import type { Command, Holder, Position } from "../wire/types.ts";
import StartButton from "./StartButton.svelte";

const BOT: Holder = {
  person: null,
  name: "",
  is_bot: true,
  strategy: null,
  delegates: [],
  autopilot: null,
  autopilot_reason: null,
};
const seats = LOBBY.scenario.players.map(({ seat }) => seat);

let shown: ReturnType<typeof mount>;
let sent: Command[];

afterEach(() => unmount(shown));

/** The button of a match in which a bot holds all seats but these. */
function withEmpty(...empty: string[]): void {
  sent = [];
  const holders = Object.fromEntries(
    seats.filter((seat) => !empty.includes(seat)).map((seat) => [seat, BOT]),
  );
  const position: Position = { ...LOBBY, phase: "lobby", holders };
  const session = {
    send: (command: Command) => {
      sent.push(command);
      return Promise.resolve({ ok: true as const });
    },
    isSending: () => false,
  };
  shown = mount(StartButton, { target: document.body, props: { session, position } });
}

function press(): void {
  document.querySelector("button")!.click();
  flushSync();
}

test("a full table starts at once", () => {
  withEmpty();
  press();
  expect(sent).toEqual([{ type: "start_match" }]);
});

test("an empty seat is named, and the match starts at the second press only", () => {
  withEmpty("PHL");
  expect(document.body.textContent).toContain("One seat is empty: Philippines.");
  press();
  expect(sent).toEqual([]);
  expect(document.body.textContent).toContain("Press Start again");
  expect(document.querySelector("button")!.textContent).toContain("Start with empty seats");
  press();
  expect(sent).toEqual([{ type: "start_match" }]);
});

test("a table without anybody does not start", () => {
  withEmpty(...seats);
  expect(document.querySelector("button")!.disabled).toBe(true);
});
