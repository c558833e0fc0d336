// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError } from "../net/api.ts";
import { api } from "../services.ts";
import type { Tournament as TournamentFound } from "../wire/types.ts";
import Tournament from "./Tournament.svelte";

const MISSING = new ApiError(404, "no_such_tournament", "no tournament nowhere");

let shown: ReturnType<typeof mount>;
const unheard = vi.fn<(reason: unknown) => void>();

beforeEach(() => process.on("unhandledRejection", unheard));

afterEach(() => {
  process.off("unhandledRejection", unheard);
  unheard.mockReset();
  vi.restoreAllMocks();
});

function show(): void {
  const props = { tournament: "nowhere", query: new URLSearchParams() };
  shown = mount(Tournament, { target: document.body, props });
  flushSync();
}

/** An answer that comes when the test says so. */
function later<T>() {
  let resolve!: (answer: T) => void, reject!: (reason: unknown) => void;
  const promise = new Promise<T>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

/** Node names a rejection that nobody heard once a task has ended. */
const tasks = () => new Promise((done) => setTimeout(done));

test("a tournament that is missing is told of, however late the names are", async () => {
  vi.spyOn(api, "strategies").mockResolvedValue([]);
  const late = later<[]>();
  vi.spyOn(api, "scenarios").mockReturnValue(late.promise);
  vi.spyOn(api, "tournament").mockRejectedValue(MISSING);
  show();
  await tasks();
  late.resolve([]);
  await vi.waitFor(() => expect(document.body.textContent).toContain("No tournament nowhere"));
  expect(unheard).not.toHaveBeenCalled();
  await unmount(shown);
});

test("what is refused after somebody left is told to nobody", async () => {
  vi.spyOn(api, "strategies").mockResolvedValue([]);
  vi.spyOn(api, "scenarios").mockResolvedValue([]);
  const late = later<never>();
  vi.spyOn(api, "tournament").mockReturnValue(late.promise);
  show();
  await unmount(shown);
  late.reject(MISSING);
  await tasks();
  expect(unheard).not.toHaveBeenCalled();
});

test("a tournament that goes on is not asked for after somebody left", async () => {
  vi.spyOn(api, "strategies").mockResolvedValue([]);
  vi.spyOn(api, "scenarios").mockResolvedValue([]);
  const late = later<TournamentFound>();
  const asked = vi.spyOn(api, "tournament").mockReturnValue(late.promise);
  show();
  await unmount(shown);
  vi.useFakeTimers();
  late.resolve({ card: { progress: "running", kind: "league", game: "" } } as TournamentFound);
  await vi.advanceTimersByTimeAsync(60_000);
  vi.useRealTimers();
  expect(asked).toHaveBeenCalledOnce();
});
