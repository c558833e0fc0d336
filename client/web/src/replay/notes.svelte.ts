/** Notes and chapters beside a match: read once, changed as a whole list, taken back by a step. */
import { ApiError } from "../net/api.ts";
import type { Desk } from "../net/ended.ts";
import { reasonOf } from "../ui/reasons.ts";
import type { Note } from "../wire/types.ts";
import { pointNamed, roundAt, type Timeline } from "./timeline.ts";

type Notes = readonly Note[];

export class Notebook {
  list = $state.raw<Notes>([]);
  mayWrite = $state(false);
  isBusy = $state(false);
  problem = $state("");
  /** The list before the last change; null where there is none to take back. */
  before = $state.raw<Notes | null>(null);
  readonly #desk: Desk;
  readonly #isReadOnly: boolean;
  #version = 0;

  /** isReadOnly: nobody writes here. In a frame, the page around it can trick somebody into a click. */
  constructor(desk: Desk, isReadOnly = false) {
    [this.#desk, this.#isReadOnly] = [desk, isReadOnly];
  }

  read(): Promise<boolean> {
    return this.#ask(this.#desk.read);
  }

  /** Keep another list; false where it was refused. */
  async change(list: Notes): Promise<boolean> {
    const before = this.list;
    const isKept = await this.#keep(list);
    if (isKept) this.before = before;
    return isKept;
  }

  async undo(): Promise<void> {
    if (this.before && (await this.#keep(this.before))) this.before = null;
  }

  async #keep(list: Notes): Promise<boolean> {
    const body = { version: this.#version, notes: [...list] };
    return this.#ask(() => this.#desk.keep(body));
  }

  async #ask(ask: Desk["read"]): Promise<boolean> {
    [this.isBusy, this.problem] = [true, ""];
    try {
      const { version, notes, may_write } = await ask();
      [this.#version, this.list] = [version, notes];
      this.mayWrite = may_write && !this.#isReadOnly;
      return true;
    } catch (error) {
      const problem = reasonOf(error);
      // Somebody else wrote: what they wrote is shown, and nothing of theirs can be taken back here.
      if (error instanceof ApiError && error.code === "notes_changed") {
        this.before = null;
        await this.read();
      }
      this.problem = problem;
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}

/** A list with a note where it belongs: before the first that stands later in the match. */
export function withNote(timeline: Timeline, list: Notes, note: Note): Note[] {
  const at = pointNamed(timeline, note.at);
  const place = list.findIndex((each) => pointNamed(timeline, each.at) > at);
  return place < 0 ? [...list, note] : [...list.slice(0, place), note, ...list.slice(place)];
}

/** A list with one of its notes moved by a place. */
export function moved(list: Notes, place: number, by: 1 | -1): Note[] {
  const to = place + by;
  const changed = [...list];
  if (changed[to] === undefined) return changed;
  [changed[place], changed[to]] = [changed[to], changed[place]!];
  return changed;
}

/** The place of the next or the previous chapter, seen from a point; null where there is none. */
export function stepChapter(
  timeline: Timeline,
  list: Notes,
  point: number,
  by: 1 | -1,
): Note | null {
  const chapters = list
    .filter(({ is_chapter }) => is_chapter)
    .map((note) => ({ note, at: pointNamed(timeline, note.at) }))
    .sort((a, b) => a.at - b.at);
  const found =
    by === 1 ? chapters.find(({ at }) => at > point) : chapters.findLast(({ at }) => at < point);
  return found?.note ?? null;
}

/** Where notes stand on the scrubber, each kind once a round. */
export function noteMarks(timeline: Timeline, list: Notes) {
  const last = Math.max(timeline.events.length - 1, 1);
  const found = list.map(({ at, is_chapter }) => {
    const point = pointNamed(timeline, at);
    const kind = is_chapter ? ("chapter" as const) : ("note" as const);
    return { kind, round: roundAt(timeline, point), share: (point - 1) / last };
  });
  return found.filter(
    (each, i) => found.findIndex((x) => x.kind === each.kind && x.round === each.round) === i,
  );
}
