/** What happened to whoever looks, as a sentence. */
import { t, translated } from "../i18n/index.svelte.ts";
import type { Told } from "../rules/told.ts";
import type { Arena } from "../wire/types.ts";
import { audienceOf } from "./room-words.ts";
import { messageWords } from "./sentence-words.ts";
import type { NameOf } from "./words.ts";

/** arenas: those that a message may name. */
export function toldWords(told: Told, nameOf: NameOf, arenas: readonly Arena[]): string {
  switch (told.is) {
    case "undone":
      return told.round === 0
        ? t("told.undone.briefing")
        : t("told.undone", { round: told.round, phase: t(`phase.${told.phase}`) });
    case "moved":
      return t("told.moved", { seat: nameOf(told.seat) });
    case "pen":
      return t(told.isMine ? "pen.mine.now" : "pen.gone", {
        name: told.name,
        seat: nameOf(told.seat),
      });
    case "declined":
      return t("spoken.declined.yours", { name: nameOf(told.seat) });
    case "freed":
    case "replaced":
      return t(`told.${told.is}`, { seat: nameOf(told.seat) });
    case "news":
      return t("told.news", { title: translated(told.title) ?? told.title });
    case "said": {
      const words = { text: messageWords(told.message, nameOf, arenas) };
      const room = audienceOf(told.message, nameOf);
      return room ? t("told.said.some", { ...words, room }) : t("told.said", words);
    }
    case "joined":
    case "left":
      return t(`told.${told.is}`, { name: told.name });
  }
}
