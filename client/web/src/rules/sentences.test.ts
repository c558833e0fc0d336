import { expect, test } from "vitest";
import { fold } from "./evolve.ts";
import { roomOf } from "./rooms.ts";
import { created, scenario } from "./samples.ts";
import { argumentsOf, firstDraft } from "./sentences.ts";

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
