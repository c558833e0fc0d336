/** What stands in a log of talk: what was said, and between it what happened. Pure. */
import { roomOf, type Room } from "../rules/rooms.ts";
import type { GameEvent, MessageSaid } from "../wire/types.ts";
import type { Line } from "../words/story.ts";

export type Entry =
  { is: "said"; round: number; message: MessageSaid } | { is: "line"; round: number; line: Line };

/** One message, or all that happened between two of them in one round. */
export type Block =
  | { is: "said"; round: number; message: MessageSaid }
  | { is: "lines"; round: number; lines: readonly Line[] };

/** What belongs in a room, in the order of the log; room: null for all rooms in one log. */
export function entriesIn(
  log: readonly GameEvent[],
  story: readonly Line[],
  room: Room | null,
): Entry[] {
  let next = 0;
  return log.flatMap((event): Entry[] => {
    if (event.type === "message_said")
      return room === null || roomOf(event.room).key === room.key ? [said(event)] : [];
    const lines: Line[] = [];
    while (story[next]?.event === event) lines.push(story[next++]!);
    return lines
      .filter((line) => room === null || isIn(line, room))
      .map((line) => ({ is: "line", round: line.round, line }));
  });
}

/** How many entries of a whole log have come by each of its points; counts[i] is that of point i + 1. */
export function countsAt(log: readonly GameEvent[], entries: readonly Entry[]): number[] {
  let next = 0;
  return log.map((event) => {
    while (next < entries.length && eventOf(entries[next]!) === event) next += 1;
    return next;
  });
}

const eventOf = (entry: Entry): GameEvent =>
  entry.is === "said" ? entry.message : entry.line.event;

/** Messages alone, e.g. those that a search has found. */
export function said(message: MessageSaid): Entry {
  return { is: "said", round: message.round, message };
}

/** Everything stands in the public room; in another one, what is between people of that room. */
function isIn({ parties }: Line, { seats }: Room): boolean {
  if (seats.length === 0) return true;
  return parties !== null && parties.every((seat) => seats.includes(seat));
}

/** What happened in a row stands together, so that words stay the larger part. */
export function blocksOf(entries: readonly Entry[]): Block[] {
  const blocks: Block[] = [];
  for (const entry of entries) {
    const last = blocks.at(-1);
    if (entry.is === "said") blocks.push(entry);
    else if (last?.is === "lines" && last.round === entry.round)
      blocks[blocks.length - 1] = { ...last, lines: [...last.lines, entry.line] };
    else blocks.push({ is: "lines", round: entry.round, lines: [entry.line] });
  }
  return blocks;
}
