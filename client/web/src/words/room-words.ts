/** Rooms in words: what one is called, and who reads what is said in it. */
import { list, t } from "../i18n/index.svelte.ts";
import type { MessageSaid, You } from "../wire/types.ts";
import { listCalled, type NameOf } from "./words.ts";
import type { Room } from "../rules/rooms.ts";

export function roomName({ seats }: Room, mine: string | null, nameOf: NameOf): string {
  if (seats.length === 0) return t("talk.public");
  if (seats.length > 1) return list(seats.filter((seat) => seat !== mine).map(nameOf));
  return seats[0] === mine ? t("room.control") : t("room.control.of", { name: nameOf(seats[0]!) });
}

/** Who reads what is said there. */
export function roomReaders({ seats }: Room, mine: string | null, nameOf: NameOf): string {
  if (seats.length === 0) return t("room.public.about");
  if (seats.length === 1 && seats[0] === mine) return t("room.control.about");
  if (seats.length === 1) return t("room.control.host", { name: nameOf(seats[0]!) });
  return t("room.private.about", {
    names: listCalled(seats, nameOf, mine),
  });
}

/** Whom a message is for, where all rooms stand in one log; nothing where it is for everybody.
 *
 * A room of the speaker alone is its line to the facilitator.
 */
export function audienceOf(
  { room, sender }: Pick<MessageSaid, "room" | "sender">,
  nameOf: NameOf,
): string {
  if (room.length === 0) return "";
  const others = room.filter((seat) => seat !== sender);
  return others.length === 0
    ? t("talk.room.control")
    : t("talk.room.with", { names: list(others.map(nameOf)) });
}

/** The facilitator speaks without a seat; a mate of the same seat is somebody else. */
export function isOwn({ sender, speaker }: MessageSaid, { role, seat, name }: You): boolean {
  if (sender === null) return role === "facilitator";
  return sender === seat && (speaker === null || speaker === name);
}
