/** What no longer counts, and why, in one sentence each. */
import { FINE, list, n, t } from "../i18n/index.svelte.ts";
import type { Ended } from "../rules/ended.ts";
import type { Arena, Effect, Position, Seat } from "../wire/types.ts";
import { titlesIn } from "./arena-lists.ts";
import { calledBy, listCalled, titleIn, type NameOf } from "./words.ts";

type Names = {
  arenas: readonly Arena[];
  /** The position in which the orders of the last round were opened. */
  before: Pick<Position, "effects" | "round">;
  nameOf: NameOf;
  mine: Seat | null;
};

/** "The wariness between you and China no longer counts, because you are calm again." */
export function endedWords(
  { cause, seats, because, added }: Ended,
  { arenas, before, nameOf, mine }: Names,
): string {
  const called = (some: readonly Seat[]) => listCalled(some, nameOf, mine);
  const [first = ""] = because;
  const isMine = (seat: Seat | undefined) => seat !== undefined && seat === mine;
  switch (cause) {
    case "shadow":
      return t("over.shadow", {
        places: titlesIn(arenas, because),
        name: called(seats),
        before: n(added?.before ?? 0, FINE),
        after: n(added?.after ?? 0, FINE),
      });
    case "wary":
      return t(because.some(isMine) ? "over.wary.mine" : "over.wary", { who: called(because) });
    case "ally_in_crisis":
      return t(isMine(first) ? "over.call.mine" : "over.call", { who: nameOf(first) });
    case "in_crisis":
      return t(isMine(seats[0]) ? "over.alone.mine" : "over.alone", {
        who: list(seats.map(nameOf)),
      });
    case "link":
      return t(isLinkOver(first, before) ? "over.link.over" : "over.link", {
        place: titleIn(arenas, first),
      });
    case "confidence":
    case "exercise":
      return t("over.move", { move: t(`move.${cause}`), who: called(because) });
    case "restraint":
      return t("over.move", { move: t("move.restraint"), who: called(seats) });
    default:
      return t("over.move", { move: t("move.diversify"), who: called(seats) });
  }
}

/** Whether the links with an arena had their last round; else nothing held there. */
function isLinkOver(place: string, { effects, round }: Names["before"]): boolean {
  return effects
    .filter(
      ({ kind, arena, other_arena }) => kind === "link" && [arena, other_arena].includes(place),
    )
    .every(({ last_round }) => last_round === round);
}

/** What had its last round in this one. */
export function runOutWords(
  { kind, makers, arena }: Effect,
  { arenas, nameOf, mine }: Omit<Names, "before">,
): string {
  return t("over.move.now", {
    move: t(`move.${kind}`),
    who: listCalled(makers, nameOf, mine),
    arena: titleIn(arenas, arena),
  });
}

/** What shadows did to a seat in this round and will do in the next, after blocs that did not hold. */
export function shadowWords(
  blocs: readonly string[],
  { seat, points, next }: { seat: Seat; points: number; next: number },
  { arenas, nameOf, mine, isFog }: Omit<Names, "before"> & { isFog: boolean },
): string {
  return t(isFog ? "over.shadow.seen" : "over.shadow.now", {
    places: titlesIn(arenas, blocs),
    name: calledBy(nameOf, mine)(seat),
    before: n(points, FINE),
    after: n(next, FINE),
  });
}
