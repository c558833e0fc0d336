// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { PlaySession } from "../net/play-session.ts";
import { PUBLIC_ROOM } from "../rules/rooms.ts";
import SpeakForm from "./SpeakForm.svelte";

test.each([
  [false, 5],
  [true, 0],
])("once no round follows, nothing is promised or threatened: %j", async (isPlayedOut, count) => {
  const session = {} as unknown as PlaySession;
  const props = { session, room: PUBLIC_ROOM, called: "Everyone", isPlayedOut };
  const shown = mount(SpeakForm, { target: document.body, props });
  expect(document.querySelectorAll("input[type=radio]")).toHaveLength(count);
  expect(document.querySelector("textarea")).not.toBeNull();
  await unmount(shown);
});
