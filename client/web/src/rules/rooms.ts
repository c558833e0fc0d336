/** Rooms: every distinct set of seats that has talked is one; the public is the room of none. */
import type { MessageSaid, Seat } from "../wire/types.ts";

export type Room = { key: string; seats: readonly Seat[] };

export const PUBLIC_ROOM: Room = { key: "", seats: [] };

export function roomOf(seats: readonly Seat[]): Room {
  return seats.length === 0 ? PUBLIC_ROOM : { key: seats.join("+"), seats };
}

/** The room of some seats and me, written in the scenario's order as the server does. */
export function roomWith(chosen: readonly Seat[], me: Seat, order: readonly Seat[]): Room {
  return roomOf(order.filter((seat) => seat === me || chosen.includes(seat)));
}

/** Every room that has been talked in, the public one first, then by first use. */
export function roomsIn(messages: readonly MessageSaid[]): Room[] {
  const rooms = new Map([[PUBLIC_ROOM.key, PUBLIC_ROOM]]);
  for (const { room } of messages) {
    const found = roomOf(room);
    if (!rooms.has(found.key)) rooms.set(found.key, found);
  }
  return [...rooms.values()];
}

export function messagesIn(messages: readonly MessageSaid[], { key }: Room): MessageSaid[] {
  return messages.filter((message) => roomOf(message.room).key === key);
}

/** Messages that have all the words, in any room. wordsOf: what one says, and who says it. */
export function searched(
  messages: readonly MessageSaid[],
  query: string,
  wordsOf: (message: MessageSaid) => string,
): MessageSaid[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return messages.filter((message) => {
    const text = folded(wordsOf(message));
    return words.every((word) => text.includes(word));
  });
}

/** Without case and accents, which nobody types when searching. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** How many messages of others stand in a room beyond those that were seen. */
export function unreadIn(
  messages: readonly MessageSaid[],
  room: Room,
  seen: number,
  isOwn: (message: MessageSaid) => boolean,
): number {
  return messagesIn(messages, room)
    .slice(seen)
    .filter((message) => !isOwn(message)).length;
}

/** Whether a match may have a facilitator; a guest's, which its name tells, has none. */
export function isLed(match: string): boolean {
  return !match.startsWith("guest-");
}
