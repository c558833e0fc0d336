// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "../net/api.ts";
import { CLOSE } from "../net/close-codes.ts";
import { SeminarFeed } from "../net/seminar-feed.svelte.ts";
import { router } from "../router.svelte.ts";
import { api, places } from "../services.ts";
import WaitingRoom from "./WaitingRoom.svelte";

const PLACE = {
  seminar: "s1",
  role: "player",
  token: "t",
  code: "ABCD-EFGH",
  name: "Cem",
  key: "KEY1",
  atMs: 0,
} as const;

let shown: ReturnType<typeof mount>;
afterEach(() => {
  void unmount(shown);
  vi.restoreAllMocks();
  router.go("#/", { replace: true });
});

function show(code: number): void {
  vi.spyOn(api, "find").mockRejectedValue(new ApiError(0, "offline", ""));
  vi.spyOn(SeminarFeed.prototype, "start").mockImplementation(function (this: SeminarFeed) {
    this.stop(code);
  });
  places.keepSeminar(PLACE);
  shown = mount(WaitingRoom, { target: document.body, props: { seminar: "s1" } });
  flushSync();
}

const words = () => document.body.textContent.replace(/\s+/g, " ");

test("whoever was removed is told that alone, and joins again with the same code", () => {
  show(CLOSE.SIGN_IN);
  expect(words()).toContain("Your access has ended");
  expect(words()).not.toMatch(/You are in|Keep this page open|no longer valid\. Join/);
  document.querySelector("button")!.click();
  flushSync();
  expect(places.seminarWithCode(PLACE.code)).toBeNull();
  expect(router.route).toEqual({ screen: "join", code: PLACE.code });
});

test("whoever opened another window keeps the page", () => {
  show(CLOSE.REPLACED);
  expect(words()).toContain("You are in, Cem");
});
