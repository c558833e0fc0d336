import { expect, test } from "vitest";
import { ApiError } from "../net/api.ts";
import { created, scenario } from "../rules/samples.ts";
import type { GameEvent, NewNotes, Note } from "../wire/types.ts";
import { moved, Notebook, noteMarks, stepChapter, withNote } from "./notes.svelte.ts";
import { timelineOf } from "./timeline.ts";

const note = (at: string, title = at, is_chapter = false): Note => ({
  at,
  title,
  text: "",
  is_chapter,
});
const [a, b] = [note("r0.1"), note("r0.3")];
const pause = (at_ms: number): GameEvent => ({ type: "match_paused", at_ms }) as GameEvent;
const timeline = timelineOf([{ ...created(scenario()), seed: "7" }, pause(1), pause(2), pause(3)]);

/** A server that keeps notes; `others` writes in between. */
function desk() {
  let kept = { version: 0, notes: [] as readonly Note[], may_write: true };
  return {
    others: (notes: readonly Note[]) => (kept = { ...kept, version: kept.version + 1, notes }),
    read: () => Promise.resolve({ ...kept, notes: [...kept.notes] }),
    keep: ({ version, notes }: NewNotes) => {
      if (version !== kept.version) return Promise.reject(new ApiError(409, "notes_changed", "no"));
      kept = { ...kept, version: version + 1, notes };
      return Promise.resolve({ ...kept, notes: [...notes] });
    },
  };
}

test("a change is kept, and taken back once", async () => {
  const notebook = new Notebook(desk());
  await notebook.read();
  await notebook.change([a]);
  await notebook.change([a, b]);
  await notebook.undo();
  expect(notebook.list).toEqual([a]);
  expect(notebook.before).toBe(null);
});

test("what somebody else wrote meanwhile is shown, and not overwritten", async () => {
  const server = desk();
  const notebook = new Notebook(server);
  await notebook.read();
  await notebook.change([a]);
  server.others([b]);
  expect(await notebook.change([a, a])).toBe(false);
  expect([notebook.list, notebook.before]).toEqual([[b], null]);
  expect(notebook.problem).toBe("No");
});

test("a new note stands where it belongs, and can be moved", () => {
  expect(withNote(timeline, [a, b], note("r0.2")).map(({ at }) => at)).toEqual([
    "r0.1",
    "r0.2",
    "r0.3",
  ]);
  expect(moved([a, b], 0, 1)).toEqual([b, a]);
  expect(moved([a, b], 0, -1)).toEqual([a, b]);
});

test("keys go from chapter to chapter in the order of the match, past notes", () => {
  const list = [note("r0.4", "late", true), note("r0.2", "a note"), note("r0.1", "early", true)];
  expect(stepChapter(timeline, list, 1, 1)?.title).toBe("late");
  expect(stepChapter(timeline, list, 4, -1)?.title).toBe("early");
  expect(stepChapter(timeline, list, 4, 1)).toBe(null);
});

test("the scrubber has one mark of a kind in a round", () => {
  const marks = noteMarks(timeline, [a, b, note("r0.4", "chapter", true)]);
  expect(marks.map(({ kind, share }) => [kind, share])).toEqual([
    ["note", 0],
    ["chapter", 1],
  ]);
});
