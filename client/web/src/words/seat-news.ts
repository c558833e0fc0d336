/** What happens in a lobby, as one spoken sentence. */
import { t } from "../i18n/index.svelte.ts";
import type { GameEvent } from "../wire/types.ts";
import type { NameOf } from "./words.ts";

export function seatNews(event: GameEvent, nameOf: NameOf): string | null {
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
      return event.sender === null ? event.text : null;
    case "phase_opened":
      return t("spoken.briefing");
    default:
      return null;
  }
}
