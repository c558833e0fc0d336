import { expect, test } from "vitest";
import type { Phase } from "../wire/types.ts";
import { fold } from "./evolve.ts";
import { isLed, PUBLIC_ROOM, roomOf } from "./rooms.ts";
import { created, scenario } from "./samples.ts";
import { argumentsOf, firstDraft, sentencesAt, suggested } from "./sentences.ts";

test("at first it is for somebody in the room, about an arena of both", () => {
  const position = fold([created(scenario())])!;
  const [mine, other] = position.arenas[0]!.members as [string, string];
  const draft = firstDraft(position, mine, roomOf([mine, other]), "promise")!;
  expect(draft).toMatchObject({ seat: other, arena: position.arenas[0]!.name, round: 1 });
  expect(argumentsOf("promise", draft)).toEqual({
    arena: draft.arena,
    round: 1,
    action: "C",
  });
});

test("once no round follows, nothing is offered about the next one", () => {
  const position = { ...fold([created(scenario({ rounds: 3, continuation: 1 }))])!, round: 3 };
  const mine = position.arenas[0]!.members[0]!;
  const offered = (phase: Phase, round = 3) => {
    const now = { ...position, phase, round };
    return [suggested(now, mine, PUBLIC_ROOM).map(({ sentence }) => sentence), sentencesAt(now)];
  };
  for (const phase of ["reveal", "debrief"] as const) {
    const [ready, listed] = offered(phase);
    expect(ready).toEqual(["farewell"]);
    expect(listed).toEqual(["accuse", "thank", "explain", "farewell"]);
  }
  for (const [ready, listed] of [offered("negotiation"), offered("reveal", 2)]) {
    expect(ready).toContain("promise");
    expect(ready).not.toContain("farewell");
    expect(listed).toContain("promise");
  }
});

test("nobody leads a guest's match", () => {
  expect([isLed("guest-20261130-ab"), isLed("m1")]).toEqual([false, true]);
});
