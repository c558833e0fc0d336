/** What a seat that is no state does to the tension of two rivals, a sentence an action. */
import { t } from "../i18n/index.svelte.ts";
import type { Player, Seat } from "../wire/types.ts";
import { sizeOf, sizeWords } from "./reason-words.ts";
import type { NameOf } from "./words.ts";

/** "When you cooperate, the tension between China and Taiwan falls by up to 2 percentage points." */
export function influenceWords(
  { seat, influence }: Pick<Player, "seat" | "influence">,
  mine: Seat | null,
  nameOf: NameOf,
): string[] {
  if (!influence) return [];
  const [a, b] = influence.pair.map(nameOf) as [string, string];
  return (["c", "d"] as const).flatMap((act) => {
    const size = influence[`of_${act}`];
    if (size <= 0) return [];
    const words = { a, b, size: sizeWords(size), count: sizeOf(size) };
    if (seat === mine) return [t(`card.influence.${act}`, words)];
    return [t(`card.influence.${act}.other`, { ...words, name: nameOf(seat) })];
  });
}
