/** What a choice was worth, in words. */
import { list, signed, t } from "../i18n/index.svelte.ts";
import type { Action, Arena, Averaged, Reason, WeighedChoice } from "../wire/types.ts";
import { titleIn, type NameOf } from "../words/words.ts";

export function otherOf(action: Action): Action {
  return action === "C" ? "D" : "C";
}

/** The points that the other choice would have brought, to the end of the match. */
export function moreBy({ at_once, later }: WeighedChoice): number {
  return at_once + later;
}

/** The choice that brings more to the end; null where both bring the same. */
export function betterOf(choice: WeighedChoice): Action | null {
  const more = moreBy(choice);
  if (Math.abs(more) < 0.05) return null;
  return more > 0 ? otherOf(choice.action) : choice.action;
}

export function reasonWords(
  { kind, arena, seats, round }: Reason,
  arenas: readonly Arena[],
  nameOf: NameOf,
): string {
  return t(`board.reason.${kind}`, {
    arena: arena === null ? "" : titleIn(arenas, arena),
    names: list(seats.map(nameOf)),
    round: round ?? 0,
  });
}

/** What the other choice would have changed of the whole, where that is anything. */
export function effectWords({ index, trust }: WeighedChoice): string {
  return t("board.effect", { index: signed(index), trust: signed(100 * trust) });
}

/** Whether a choice was a mistake or only had bad luck, as far as its interval tells. */
export function luckWords({ action }: WeighedChoice, { points: { low, high } }: Averaged): string {
  if (low > 0) return t("board.average.worse", { deed: t(`deed.${otherOf(action)}`) });
  if (high < 0) return t("board.average.better", { deed: t(`deed.${action}`) });
  return t("board.average.open");
}
