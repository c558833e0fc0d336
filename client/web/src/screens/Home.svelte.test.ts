// @vitest-environment jsdom
import { flushSync, mount, unmount } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "../net/api.ts";
import { api } from "../services.ts";
import type { ScenarioCard } from "../wire/types.ts";
import Home from "./Home.svelte";

const card = (name: string): ScenarioCard => ({
  name,
  title: name,
  summary: "",
  seats: 2,
  rounds: 6,
  minutes: 20,
  kind: "game",
});

let shown: ReturnType<typeof mount>;
afterEach(() => {
  void unmount(shown);
  vi.restoreAllMocks();
});

async function follow(play: string): Promise<{ play: string | undefined }> {
  vi.spyOn(api, "scenarios").mockResolvedValue([card("chicken"), card("deadlock")]);
  vi.spyOn(api, "scenario").mockRejectedValue(new ApiError(0, "offline", ""));
  const offer = { is_open: true, scenario: "chicken", seat: "A", rounds: 6 };
  vi.spyOn(api, "offer").mockResolvedValue(offer);
  const props = $state<{ play: string | undefined }>({ play });
  shown = mount(Home, { target: document.body, props });
  await vi.waitFor(() => expect(dialog()).not.toBeNull());
  return props;
}

const dialog = () => document.querySelector<HTMLDialogElement>("dialog[open]");
const choice = () => dialog()!.querySelector("select")!.value;

function leave(): void {
  dialog()!.close();
  document.querySelector("dialog")!.dispatchEvent(new Event("close"));
  flushSync();
}

test("another link to play, in the same tab, offers what it names", async () => {
  const props = await follow("deadlock");
  expect(choice()).toBe("deadlock");
  props.play = "chicken";
  flushSync();
  expect(choice()).toBe("chicken");
});

test("a link that is come back to opens the choice again", async () => {
  const props = await follow("deadlock");
  leave();
  expect(dialog()).toBeNull();
  props.play = undefined;
  flushSync();
  expect(dialog()).toBeNull();
  props.play = "deadlock";
  flushSync();
  expect(choice()).toBe("deadlock");
});

test("a link to a scenario that is not here says so, and shows the choice", async () => {
  await follow("atlantis");
  expect(dialog()!.textContent).toContain("There is no scenario “atlantis” here.");
  expect(choice()).toBe("chicken");
});
