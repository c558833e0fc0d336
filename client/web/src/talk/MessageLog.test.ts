// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import { said, type Entry } from "./entries.ts";
import MessageLog from "./MessageLog.svelte";

let shown: ReturnType<typeof mount>;
afterEach(() => unmount(shown));

const nameOf = (seat: string) => (seat === "CHN" ? "China" : seat);

function show(...entries: Entry[]): string {
  const props = { entries, mine: "CHN", nameOf, arenas: [], label: "Everyone" };
  shown = mount(MessageLog, { target: document.body, props });
  return document.body.textContent.replace(/\s+/g, " ").trim();
}

const words = (text: string): Entry =>
  said({
    type: "message_said",
    round: 1,
    sender: "CHN",
    room: [],
    text,
    act: null,
    at_ms: 1,
    speaker: null,
  });
const line = (text: string, round = 1): Entry => ({
  is: "line",
  round,
  line: { event: { type: "match_paused", at_ms: 1 }, round, text, parties: null },
});

test("an empty room says so", () => {
  expect(show()).toBe("No messages yet.");
});

test("what happens stands between what is said", () => {
  expect(show(words("Peace."), line("A storm."), words("Yes."))).toBe(
    "Round 1 You Peace. A storm. You Yes.",
  );
});

test("of much that happens in a row the last is shown, and the rest is counted", () => {
  show(...["a", "b", "c", "d", "e", "f"].map((text) => line(text)), words("Now."));
  const shown = [...document.querySelectorAll(".lines > ul li")].map((one) => one.textContent);
  expect(shown).toEqual(["d", "e", "f"]);
  expect(document.querySelector("summary")?.textContent).toBe("3 earlier events");
  expect(document.querySelectorAll("article")).toHaveLength(1);
});

test("what happens in another round stands under its number", () => {
  expect(show(line("a"), line("b", 2))).toMatch(/^Round 1 a ?Round 2 b$/);
});
