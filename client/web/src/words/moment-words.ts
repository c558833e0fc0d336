/** A phase of a round in words; before the first round the phase alone. */
import { t } from "../i18n/index.svelte.ts";
import type { Moment } from "../wire/types.ts";

export function momentWords({ round, phase }: Moment): string {
  const name = t(`phase.${phase}`);
  return round === 0 ? name : t("undo.moment", { round, phase: name });
}
