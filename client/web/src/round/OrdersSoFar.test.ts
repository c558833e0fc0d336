// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { Position } from "../wire/types.ts";
import OrdersSoFar from "./OrdersSoFar.svelte";

test.each([
  [true, "Nobody has chosen yet."],
  [false, "This viewer does not know the choices yet."],
])(
  "without choices it is said why there are none: seen by everything %s",
  async (isWhole, words) => {
    const position = { orders: {}, arenas: [] } as unknown as Position;
    const perspective = { position, log: [], mine: null, nameOf: String };
    const props = { perspective, isWhole };
    const shown = mount(OrdersSoFar, { target: document.body, props });
    expect(document.querySelector("p")?.textContent).toBe(words);
    await unmount(shown);
  },
);
