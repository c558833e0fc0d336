/** In which order a reveal is shown: one's own choices first, the most surprising last. Pure. */
import type { Arena, RoundResolved, Seat } from "../wire/types.ts";
import type { Guess } from "./guesses.ts";
import { resultIn } from "./series.ts";

/** A choice in an arena, as it is found among those that wait to be shown. */
export function tileOf(arena: string, seat: Seat): string {
  return `${arena} ${seat}`;
}

const BROKEN = 4;
const UNFORESEEN = 2;
const ALONE = 1;

/** Order the choices of these arenas; those of equal surprise stay as they stand on the page. */
export function tilesInOrder(
  arenas: readonly Arena[],
  round: RoundResolved,
  guesses: readonly Guess[],
  mine: Seat | null,
): string[] {
  const tiles = arenas.flatMap(({ name, members }) =>
    members.map((seat) => ({
      tile: tileOf(name, seat),
      rank: seat === mine ? -1 : surprise(round, guesses, name, seat),
    })),
  );
  return tiles.toSorted((a, b) => a.rank - b.rank).map(({ tile }) => tile);
}

/** A broken pledge surprises more than a wrong forecast, and that more than to stand alone. */
function surprise(
  round: RoundResolved,
  guesses: readonly Guess[],
  arena: string,
  seat: Seat,
): number {
  const isBroken = round.breaches.some((each) => each.arena === arena && each.seat === seat);
  const isWrong = guesses.some((x) => x.arena === arena && x.of === seat && !x.isRight);
  const actions = resultIn(round, arena)?.actions ?? {};
  const others = Object.entries(actions).filter(([other]) => other !== seat);
  const isAlone = others.length > 1 && others.every(([, action]) => action !== actions[seat]);
  return Number(isBroken) * BROKEN + Number(isWrong) * UNFORESEEN + Number(isAlone) * ALONE;
}
