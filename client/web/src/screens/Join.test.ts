// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../net/api.ts";
import { api, places } from "../services.ts";
import type { Found } from "../wire/types.ts";
import Join from "./Join.svelte";

const FOUND: Found = {
  is_seminar: true,
  is_over: false,
  is_open_to_link: false,
  match: null,
  name: "IR 301",
  scenario: "south_china_sea",
  title: "South China Sea code of conduct",
};

let shown: ReturnType<typeof mount>;
const join = vi.spyOn(api, "join");

beforeEach(() => {
  join.mockReset();
  join.mockRejectedValue(new ApiError(0, "offline", ""));
});

afterEach(() => unmount(shown));

async function show(find: () => Promise<Found>): Promise<void> {
  const asked = vi.spyOn(api, "find").mockImplementationOnce(find);
  shown = mount(Join, { target: document.body, props: { code: "ABCD-EFGH" } });
  await vi.waitFor(() => expect(asked).toHaveBeenCalled());
  await Promise.resolve();
  await Promise.resolve();
  flushSync();
  asked.mockRestore();
}

const words = () => document.body.textContent.replace(/\s+/g, " ");
const field = () => document.querySelector<HTMLInputElement>("#name")!;

function type(name: string): void {
  field().value = name;
  field().dispatchEvent(new Event("input", { bubbles: true }));
  flushSync();
}

function send(): void {
  document.querySelector("form")!.requestSubmit();
  flushSync();
}

test.each(["", "   ", "\u200b\u200b", "\u3164"])("%j is no name, and is not sent", async (name) => {
  await show(() => Promise.resolve(FOUND));
  type(name);
  send();
  expect(field().validationMessage).toBe("Enter a name.");
  expect(join).not.toHaveBeenCalled();
});

test("a name with something to see is sent", async () => {
  await show(() => Promise.resolve(FOUND));
  type(" \u200bAnn ");
  send();
  expect(field().validationMessage).toBe("");
  await vi.waitFor(() => expect(join).toHaveBeenCalled());
  places.name = "";
});

test("the page names the class and what it plays", async () => {
  await show(() => Promise.resolve(FOUND));
  expect(words()).toContain("IR 301 South China Sea code of conduct");
});

test("an unknown code is told at once, with room for another one", async () => {
  await show(() => Promise.reject(new ApiError(404, "no_such_code", "")));
  expect(words()).toContain("Unknown code");
  expect(document.querySelector("#name")).toBeNull();
  expect(document.querySelector("#code")).not.toBeNull();
});

test("a server that does not answer hides no form", async () => {
  await show(() => Promise.reject(new ApiError(0, "offline", "")));
  expect(words()).not.toContain("Unknown code");
  expect(field()).not.toBeNull();
});
