/** What happens in a lobby, as one spoken sentence. */
import { t } from "../i18n/index.svelte.ts";
import type { Arena, GameEvent, MessageSaid } from "../wire/types.ts";
import { audienceOf } from "./room-words.ts";
import { messageWords } from "./sentence-words.ts";
import type { NameOf } from "./words.ts";

export function seatNews(
  event: GameEvent,
  nameOf: NameOf,
  arenas: readonly Arena[],
): string | null {
  switch (event.type) {
    case "seat_taken":
      return t("event.seat_taken", { name: event.name, seat: nameOf(event.seat) });
    case "bot_seated":
      return t("event.bot_seated", { seat: nameOf(event.seat) });
    case "seat_vacated":
      return t("event.seat_vacated", { seat: nameOf(event.seat) });
    case "delegate_joined":
      return t("event.delegate_joined", { name: event.name, seat: nameOf(event.seat) });
    case "delegate_left":
    case "pen_passed":
      return t(`event.${event.type}`, { seat: nameOf(event.seat) });
    case "message_said":
      return event.sender === null ? told(event, nameOf, arenas) : null;
    case "phase_opened":
      return t("spoken.briefing");
    default:
      return null;
  }
}

/** The facilitator's words; those for some seats alone are said to be that. */
function told(message: MessageSaid, nameOf: NameOf, arenas: readonly Arena[]): string {
  const { room, sender } = message;
  const text = messageWords(message, nameOf, arenas);
  if (room.length === 0) return text;
  const words = { name: t("talk.facilitator"), room: audienceOf({ room, sender }, nameOf), text };
  return t("spoken.message", words);
}
