/** Why a crisis pays one side more or less than it was written, and what of that is over. */
import { n, t } from "../i18n/index.svelte.ts";
import { nobodyYields } from "../rules/crises.ts";
import type { Arena, Scenario, Seat } from "../wire/types.ts";
import { titlesIn } from "./arena-lists.ts";
import { calledBy, type NameOf } from "./words.ts";

type Written = Pick<Scenario, "stakes" | "consequences">;

/** What the seat, who reads it, is told of a crisis; nothing of another arena.
 *
 * arenas: those in force, of which alliances back a side.
 */
export function crisisWords(
  arena: Arena,
  seat: Seat,
  written: Written,
  arenas: readonly Arena[],
  nameOf: NameOf,
): string[] {
  const crisis = nobodyYields(arena, seat, written);
  if (crisis === null) return [];
  const { plain, together, own: after, isBrink, backed } = crisis;
  return [
    ...(isBrink ? [t("inForce.brink", { before: n(plain), after: n(together) })] : []),
    ...(backed === null
      ? []
      : [
          t("inForce.support", {
            before: n(together),
            after: n(after),
            name: calledBy(nameOf, seat)(backed),
            places: titlesIn(arenas, alliancesOf(backed, arena, arenas)),
          }),
        ]),
  ];
}

/** The alliances of a side of a crisis that the other side is not in. */
function alliancesOf(backed: Seat, { members: pair }: Arena, arenas: readonly Arena[]): string[] {
  return arenas
    .filter(
      ({ is_alliance, members }) =>
        is_alliance && pair.every((seat) => members.includes(seat) === (seat === backed)),
    )
    .map(({ name }) => name);
}

/** last: the same crisis a round before; none where it has just opened. */
export function crisisOverWords(
  last: Arena | undefined,
  arena: Arena,
  seat: Seat,
  written: Written,
  nameOf: NameOf,
): string[] {
  const was = last ? nobodyYields(last, seat, written) : null;
  const is = nobodyYields(arena, seat, written);
  if (was === null || is === null) return [];
  const isOff = was.isBrink && !is.isBrink;
  const isAlone = was.backed !== null && was.backed !== is.backed;
  return [
    ...(isOff ? [t("over.brink", { before: n(was.together), after: n(is.together) })] : []),
    ...(isAlone
      ? [
          t(was.backed === seat ? "over.support.mine" : "over.support", {
            name: nameOf(was.backed!),
          }),
        ]
      : []),
  ];
}
