/** What differs between a match and a model of it, in words. */
import { asShown } from "../i18n/format.ts";
import { list, n, signed, t } from "../i18n/index.svelte.ts";
import type { Arena, Difference, LargestPart } from "../wire/types.ts";
import { titleIn, type NameOf } from "../words/words.ts";

/** One difference as a sentence; of points, with the arena that brought most of it. */
export function differenceWords(
  each: Difference,
  arenas: readonly Arena[],
  nameOf: NameOf,
): string {
  const { kind, fell, other, round, seats, parting, part, largest } = each;
  const figures = { fell: n(fell), other: n(other) };
  const names = list(seats.map(nameOf));
  switch (kind) {
    case "alike":
      return t("beside.is.alike");
    case "first":
      return t("beside.is.first", {
        round: parting!.round,
        name: nameOf(parting!.seat),
        deed: t(`deed.${parting!.other}`),
        before: t(`deed.${parting!.fell}`),
        arena: titleIn(arenas, parting!.arena),
      });
    case "index":
      return t("beside.is.index", { ...figures, part: t(`standing.part.${part!}`) });
    case "crisis":
      return t(other > fell ? "beside.is.crisis.other" : "beside.is.crisis.fell", {
        round: round!,
        names,
      });
    case "points": {
      const isMore = other > fell;
      const told = { name: names, points: n(Math.abs(asShown(other) - asShown(fell))) };
      const words = t(isMore ? "beside.is.more" : "beside.is.less", told);
      return largest ? `${words} ${largestWords(largest, arenas, nameOf)}` : words;
    }
    default:
      return t(`beside.is.${kind}`, figures);
  }
}

/** What brought most of a difference in points, as the model has it beside the match. */
function largestWords(
  { arena, points, seats }: LargestPart,
  arenas: readonly Arena[],
  nameOf: NameOf,
): string {
  return t("beside.largest", {
    arena: titleIn(arenas, arena),
    points: signed(points),
    names: list(seats.map(nameOf)),
  });
}
