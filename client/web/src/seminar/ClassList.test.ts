// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { MatchCard, PersonCard, Phase } from "../wire/types.ts";
import ClassList from "./ClassList.svelte";
import type { ConsoleTasks } from "./tasks.svelte.ts";

async function words(...phases: Phase[]): Promise<string> {
  const person = { person: "p1", name: "Ann", match: "m0", is_here: true } as PersonCard;
  const matches = phases.map((phase, i) => ({ match: `m${i}`, number: i + 1, phase, seats: [] }));
  const props = {
    people: [person],
    matches: matches as unknown as MatchCard[],
    tasks: {} as ConsoleTasks,
  };
  const shown = mount(ClassList, { target: document.body, props });
  const found = document.body.textContent;
  await unmount(shown);
  return found;
}

test("people are moved only while a table is open", async () => {
  expect(await words("debrief", "lobby")).toContain("Move");
  expect(await words("debrief", "debrief")).not.toContain("Move");
});
