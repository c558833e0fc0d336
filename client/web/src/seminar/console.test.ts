// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import type { Api } from "../net/api.ts";
import { FakeWorld } from "../net/fakes.ts";
import type { SeminarPlace } from "../net/places.ts";
import { announcer } from "../design/announcer.svelte.ts";
import type {
  Command,
  CommandOutcome,
  MatchCard,
  MatchCommand,
  ServerFrame,
} from "../wire/types.ts";
import * as actions from "./actions.ts";
import { ConsoleDesk, type Act } from "./console.svelte.ts";
import { SeminarFeed } from "../net/seminar-feed.svelte.ts";
import { matchCard } from "../net/seminar-samples.ts";

const PLACE: SeminarPlace = {
  seminar: "s1",
  role: "facilitator",
  token: "secret",
  code: "",
  name: "",
  key: null,
  atMs: 0,
  signs: null,
};

/** A desk whose every command is taken, and whose cards change when we say so. */
function open(first: MatchCard, outcome: Partial<CommandOutcome> = {}) {
  const world = new FakeWorld();
  const feed = new SeminarFeed("secret", world);
  feed.start();
  world.line.open();
  const show = (card: MatchCard) =>
    world.line.say({ type: "match", card } as unknown as ServerFrame);
  show(first);
  const sent: Command[] = [];
  const api = {
    askSeminar: async (
      _lead: string,
      _seminar: string,
      _what: string,
      { commands }: { commands: MatchCommand[] },
    ) => {
      sent.push(...commands.map(({ command }) => command));
      return commands.map(({ match }) => ({
        ...{ match, ok: true, is_noted: false, code: null, message: null },
        ...outcome,
      }));
    },
  } as unknown as Api;
  const desk = new ConsoleDesk(api, PLACE, () => "id", feed);
  return { world, show, sent, act: (one: Act) => desk.act(feed.matches, one) };
}

/** Let everything that is ready to go on do so. */
async function settle() {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}

test("a second key waits for the card, and does what it means then", async () => {
  const { show, sent, act } = open(matchCard());
  void act(actions.pauseOrResume);
  void act(actions.pauseOrResume);
  await settle();
  expect(sent).toEqual([{ type: "pause_match" }]);
  show(matchCard({ paused_at_ms: 5 }));
  await settle();
  expect(sent).toEqual([{ type: "pause_match" }, { type: "resume_match" }]);
});

test("a match can be started and its briefing ended in one go", async () => {
  const { show, sent, act } = open(matchCard({ phase: "lobby", round: 0 }));
  void act(actions.start);
  void act(actions.skip);
  await settle();
  expect(sent).toEqual([{ type: "start_match" }]);
  show(matchCard({ phase: "briefing", round: 0 }));
  await settle();
  expect(sent[1]).toEqual({ type: "skip_phase", round: 0, phase: "briefing" });
});

test("two quick keys end one phase, not the one that follows", async () => {
  const { show, sent, act } = open(matchCard());
  void act(actions.skip);
  const second = act(actions.skip);
  await settle();
  show(matchCard({ phase: "reveal" }));
  await settle();
  expect(await second).toBe(true);
  expect(sent).toEqual([{ type: "skip_phase", round: 2, phase: "decision" }]);
});

test("a card that never shows it holds up nobody for long", async () => {
  const { world, sent, act } = open(matchCard());
  void act(actions.extend);
  void act(actions.extend);
  await settle();
  expect(sent).toHaveLength(1);
  world.pass(2_000);
  await settle();
  expect(sent).toHaveLength(2);
});

test("a phase that ends later, with the class, is not said to have ended", async () => {
  const { act } = open(matchCard({ number: 3 }), { is_noted: true });
  const said = vi.spyOn(announcer, "say");
  await act(actions.skip);
  expect(said.mock.calls).toEqual([["Table 3: the phase ends with the other tables."]]);
  said.mockRestore();
});
