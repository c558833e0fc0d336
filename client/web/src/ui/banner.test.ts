import { expect, test } from "vitest";
import { bannerFor } from "./banner.ts";

const lost = { is: "reconnecting", sinceMs: 1_000 } as const;

test.each([
  [1_000, null],
  [1_499, null],
  [1_500, { kind: "quiet", isLong: false }],
  [3_000, { kind: "reconnecting", isLong: false }],
  [11_000, { kind: "reconnecting", isLong: true }],
])("a line lost at 1000 is told of at %i as %j", (nowMs, banner) => {
  expect(bannerFor(lost, nowMs)).toEqual(banner);
});

test("no network is called by its name", () => {
  expect(bannerFor({ is: "offline", sinceMs: 0 }, 5_000)?.kind).toBe("offline");
});

test("a way that lets no live connection through is called that, with what helps", () => {
  expect(bannerFor({ is: "blocked", sinceMs: 0 }, 2_500)).toEqual({
    kind: "blocked",
    isLong: true,
  });
});

test("an end that we made ourselves is no news", () => {
  expect(bannerFor({ is: "ended", code: 1000, reason: "" }, 0)).toBeNull();
  expect(bannerFor({ is: "ended", code: 4009, reason: "" }, 0)?.kind).toBe("ended");
});
