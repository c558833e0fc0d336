// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { announcer } from "../design/announcer.svelte.ts";
import { fold } from "../rules/evolve.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, Position } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import Coach from "./Coach.svelte";

const LOG: readonly GameEvent[] = [
  created(scenario({ name: "tutorial", rounds: 5 })),
  { type: "phase_opened", round: 1, phase: "decision", at_ms: 5, deadline_ms: null },
];
const SENTENCES = [
  "You and the Philippines choose at the same time. Neither sees the other’s choice.",
  "Each choice shows your points if the Philippines cooperates, and if it defects.",
  "Cooperate or defect, then press “Done choosing”.",
];

let shown: ReturnType<typeof mount>;

afterEach(async () => {
  vi.restoreAllMocks();
  await unmount(shown);
});

test("says one sentence at a time, shows the same, and can be left at each", () => {
  const say = vi.spyOn(announcer, "say").mockReturnValue(undefined);
  const position = fold(LOG) as Position;
  const nameOf = seatNames(position.scenario);
  const props = { log: LOG, position, seat: "CHN", nameOf, ondecide: () => {} };
  shown = mount(Coach, { target: document.body, props });
  flushSync();
  const seen = [];
  for (;;) {
    seen.push(document.querySelector(".line")?.textContent);
    expect(document.querySelector("a")).toMatchObject({
      hash: "#/",
      ariaLabel: "Skip the tutorial",
    });
    const next = document.querySelector("button");
    if (next === null) break;
    next.click();
    flushSync();
  }
  expect(seen).toEqual(SENTENCES);
  expect(say.mock.calls).toEqual(SENTENCES.map((sentence) => [sentence]));
});
