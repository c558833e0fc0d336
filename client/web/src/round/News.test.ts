// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import type { OpenedInject } from "../wire/types.ts";
import News from "./News.svelte";

const OPENED: OpenedInject = {
  inject: {
    name: "reef",
    title: "A reef",
    text: "It is new.",
    rounds: 1,
    effects: [],
    round: null,
  },
  first_round: 3,
  last_round: 3,
  is_closed: false,
};

let shown: ReturnType<typeof mount>;
afterEach(() => unmount(shown));

function show(round: number): string {
  const props = { injects: [OPENED], arenas: [], nameOf: (seat: string) => seat, round };
  shown = mount(News, { target: document.body, props });
  return document.body.textContent.replace(/\s+/g, " ");
}

test("news that came with a reveal says from when it counts", () => {
  expect(show(2)).toContain("Counts from round 3 on. In force until round 3.");
});

test("news that counts already does not", () => {
  expect(show(3)).not.toContain("Counts from");
});
