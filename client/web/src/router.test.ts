// @vitest-environment jsdom
import { expect, test } from "vitest";
import { parseRoute } from "./router.svelte.ts";

test.each([
  ["", { screen: "home" }],
  ["#/", { screen: "home" }],
  ["#/?play=chicken", { screen: "home", play: "chicken" }],
  ["#/join/abc-234", { screen: "join", code: "ABC-234" }],
  ["#/join", { screen: "home" }],
  ["#/watch/abc234", { screen: "watch", code: "ABC234" }],
  ["#/show/abc234", { screen: "show", code: "ABC234" }],
  ["#/host/s%2Fecret", { screen: "host", secret: "s/ecret" }],
  ["#/tournaments", { screen: "tournaments" }],
  ["#/about", { screen: "about" }],
  ["#/learn", { screen: "learn" }],
  ["#/m/m1", { screen: "match", match: "m1", role: null }],
  ["#/m/m1/facilitator", { screen: "match", match: "m1", role: "facilitator" }],
  ["#/debrief/m1", { screen: "debrief", match: "m1" }],
  ["#/nowhere/x", { screen: "lost", path: "nowhere/x" }],
  ["#/join/%E0%A4%A", { screen: "join", code: "%E0%A4%A" }],
])("%s is %j", (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test("a replay's place and view are in its query", () => {
  const route = parseRoute("#/replay/m1?r=3&as=CHN");
  expect(route).toMatchObject({ screen: "replay", match: "m1" });
  expect(route.screen === "replay" && route.query.get("as")).toBe("CHN");
});
