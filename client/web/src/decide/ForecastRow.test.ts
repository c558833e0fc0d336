// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { FakeWorld, joined } from "../net/fakes.ts";
import { reachOf } from "../rules/reach.ts";
import { opens } from "../rules/sample-events.ts";
import { created, summit } from "../rules/samples.ts";
import type { ForecastSaved, GameEvent, SaveForecast, You } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import ForecastRow from "./ForecastRow.svelte";

const ME: You = { role: "player", seat: "CHN", person: "p1", name: "Amna" };

test("guesses given faster than they are saved lose none, and none goes back", async () => {
  const world = new FakeWorld();
  const taken: GameEvent = {
    type: "seat_taken",
    seat: "CHN",
    person: "p1",
    name: "Amna",
    at_ms: 2,
  };
  const session = joined(world, ME, created(summit()), taken, opens(1, "decision"));
  const arena = session.position!.arenas.find(({ members }) => members.length > 2)!;
  const [first, second] = arena.members.filter((seat) => seat !== "CHN");
  const table = {
    session,
    you: ME,
    nameOf: seatNames(summit()),
    get position() {
      return session.position!;
    },
    get reach() {
      return reachOf(session.position!, ME);
    },
  };
  const target = document.body;
  const shown = mount(ForecastRow, { target, props: { table, arena, seat: "CHN" } });
  const group = (at: number) => target.querySelectorAll("fieldset")[at]!;
  const radio = (at: number, deed: number) => group(at).querySelectorAll("input")[deed]!;
  const sent = () =>
    world.line
      .of("command")
      .map(({ command }) => command)
      .filter((each): each is SaveForecast => each.type === "save_forecast");
  const pick = (at: number, deed: number) => {
    radio(at, deed).click();
    flushSync();
  };
  const store = async (at: number) => {
    const { round, actions } = sent()[at]!;
    const event: ForecastSaved = {
      type: "forecast_saved",
      round,
      seat: "CHN",
      arena: arena.name,
      actions,
      at_ms: 10 + at,
    };
    world.line.say({ type: "events", seq: 10 + at, events: [event] });
    world.line.say({ type: "ack", id: `id${at + 1}`, seq: 10 + at });
    await Promise.resolve();
    flushSync();
  };

  pick(0, 0);
  pick(0, 1);
  pick(1, 0);
  expect(sent().at(-1)!.actions).toEqual({ [first!]: "D", [second!]: "C" });
  for (const at of [0, 1, 2]) {
    await store(at);
    expect([radio(0, 1).checked, radio(1, 0).checked], `after answer ${at + 1}`).toEqual([
      true,
      true,
    ]);
  }
  await unmount(shown);
});
