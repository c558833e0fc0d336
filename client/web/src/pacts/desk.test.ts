// @vitest-environment jsdom
import { expect, test } from "vitest";
import { FakeWorld, joined } from "../net/fakes.ts";
import { reachOf } from "../rules/reach.ts";
import { opens, TREATY } from "../rules/sample-events.ts";
import { created, scenario } from "../rules/samples.ts";
import type { You } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import { Desk } from "./desk.svelte.ts";

const ME: You = { role: "player", seat: "CHN", person: "p1", name: "Amna" };
const TAKEN = { type: "seat_taken", seat: "CHN", person: "p1", name: "Amna", at_ms: 2 } as const;

/** A desk at a table where pacts may be proposed, and its connection. */
function atDesk() {
  const world = new FakeWorld();
  const session = joined(world, ME, created(scenario()), TAKEN, opens(1, "negotiation"));
  const position = session.position!;
  const nameOf = seatNames(scenario());
  const desk = new Desk(() => ({
    session,
    position,
    you: ME,
    reach: reachOf(position, ME),
    nameOf,
  }));
  return { world, desk };
}

test("a proposal that is sent closes what it was written on", async () => {
  const { world, desk } = atDesk();
  desk.compose();
  const sent = desk.propose(TREATY);
  expect([desk.isWriting, desk.isSending]).toEqual([true, true]);
  world.line.say({ type: "ack", id: "id1", seq: 2 });
  await sent;
  expect([desk.isWriting, desk.isSending]).toEqual([false, false]);
});

test("its answer neither closes nor reproaches what is written since", async () => {
  for (const answer of ["ack", "refused"] as const) {
    const { world, desk } = atDesk();
    desk.compose();
    const sent = desk.propose(TREATY);
    desk.isWriting = false;
    desk.compose();
    const frame = { id: "id1", seq: 2, code: "not_now", message: "not now" };
    world.line.say({ type: answer, ...frame } as never);
    await sent;
    expect([desk.isWriting, desk.isSending, desk.refusal], answer).toEqual([true, false, ""]);
  }
});
