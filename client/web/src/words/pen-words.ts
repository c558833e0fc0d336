/** Who acts for my seat, and why I may not, in words. */
import { t } from "../i18n/index.svelte.ts";
import type { Reach } from "../rules/reach.ts";

/** Who chooses for my seat where it is not me; null where it is, or I hold none. */
export function penHolder({ pen }: Pick<Reach, "pen">): string | null {
  if (pen.is === "mate") return pen.name;
  return pen.is === "program" ? t("pen.program") : null;
}

/** Why nothing is chosen by me now. */
export function whyNot(reach: Pick<Reach, "pen" | "isPaused">): string {
  const name = penHolder(reach);
  if (name !== null) return t("pen.only", { name });
  return reach.isPaused ? t("spoken.paused") : t("key.notNow");
}
