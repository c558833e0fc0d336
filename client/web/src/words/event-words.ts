/** One event in a few words, for the line of a replay. */
import { t } from "../i18n/index.svelte.ts";
import type { GameEvent, MessageSaid } from "../wire/types.ts";
import { arenaTitle, type NameOf } from "./words.ts";

export function eventWords(event: GameEvent, nameOf: NameOf): string {
  switch (event.type) {
    case "seat_taken":
      return t("event.seat_taken", { name: event.name, seat: nameOf(event.seat) });
    case "bot_seated":
    case "seat_vacated":
      return t(`event.${event.type}`, { seat: nameOf(event.seat) });
    case "phase_opened":
      return t("event.phase_opened", { phase: t(`phase.${event.phase}`) });
    case "arena_opened":
      return t("event.arena_opened", { arena: arenaTitle(event.arena) });
    case "arena_changed":
      return t("event.arena_changed", { arena: arenaTitle(event.arena) });
    case "delegate_joined":
      return t("event.delegate_joined", { name: event.name, seat: nameOf(event.seat) });
    case "delegate_left":
    case "pen_passed":
    case "autopilot_engaged":
    case "autopilot_released":
      return t(`event.${event.type}`, { seat: nameOf(event.seat) });
    case "facilitator_acted":
      return t("event.facilitator_acted", { name: event.name });
    case "inject_opened":
      return t("event.inject_opened", { title: event.inject.title });
    case "move_made":
    case "move_taken_back":
    case "forecast_saved":
    case "recommendation_given":
      return t(`event.${event.type}`, { name: nameOf(event.seat) });
    case "message_said":
      return t(messageKey(event), {
        name: event.sender === null ? t("talk.facilitator") : nameOf(event.sender),
      });
    case "proposal_made":
      return t("event.proposal_made", { name: nameOf(event.proposer) });
    case "proposal_countered":
      return t("event.proposal_countered", { name: nameOf(event.seat) });
    case "proposal_answered":
      return t(event.accepts ? "event.proposal_answered" : "event.proposal_declined", {
        name: nameOf(event.seat),
      });
    case "order_saved":
      return t("event.order_saved", { name: nameOf(event.seat) });
    case "ready_set":
      return t(event.is_ready ? "event.ready_set" : "event.ready_unset", {
        name: nameOf(event.seat),
      });
    default:
      return t(`event.${event.type}`);
  }
}

/** A room of its sender alone holds the facilitator, too. */
function messageKey({ room, sender }: MessageSaid) {
  if (room.length === 0) return "event.message_said";
  const isToFacilitator = room.every((seat) => seat === sender);
  return isToFacilitator ? "event.message_said.control" : "event.message_said.private";
}
