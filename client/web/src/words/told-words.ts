/** What happened to whoever looks, as a sentence. */
import { t } from "../i18n/index.svelte.ts";
import type { Told } from "../rules/told.ts";
import type { NameOf } from "./words.ts";

export function toldWords(told: Told, nameOf: NameOf): string {
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
    case "joined":
    case "left":
      return t(`told.${told.is}`, { name: told.name });
  }
}
