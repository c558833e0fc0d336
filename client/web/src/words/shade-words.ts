/** Shadows of blocs, as the map tells them: on whom, how dear, and why that is not as it was. */
import { FINE, n, t } from "../i18n/index.svelte.ts";
import { shadeMoved, shades, type Moved, type Shade } from "../rules/blocs.ts";
import { producedIn } from "../rules/change-reasons.ts";
import type { Arena, Position, RoundResolved, Scenario, Seat } from "../wire/types.ts";
import { titlesIn } from "./arena-lists.ts";
import { although } from "./reason-words.ts";
import { type NameOf } from "./words.ts";

type Now = Pick<Scenario, "arenas" | "consequences">;
type Before = Pick<Position, "arenas" | "effects" | "history" | "pacts">;
type Last = { before: Before; round: RoundResolved };

/** What a line of the map's key says, and why it is not as in the round before; empty if it is. */
export type Line = { words: string; why: string };

/** One line for each seat that is in a shadow now, or was in one last round. */
export function shadeLines(now: Now, last: Last | null, nameOf: NameOf, mine: Seat | null): Line[] {
  const cast = shades(now);
  const was = last === null ? [] : shades({ ...now, arenas: last.before.arenas });
  const why = (seat: Seat) => (last === null ? "" : whyMoved(seat, was, cast, last, now.arenas));
  const gone = was.filter(({ seat }) => cast.every((each) => each.seat !== seat));
  return [
    ...cast.map((shade) => ({
      words: castWords(shade, now.arenas, nameOf, mine),
      why: why(shade.seat),
    })),
    ...gone.map(({ seat }) => ({
      words: t(seat === mine ? "map.shade.none.mine" : "map.shade.none", { name: nameOf(seat) }),
      why: why(seat),
    })),
  ];
}

function castWords(
  { seat, points, a_round, blocs }: Shade,
  arenas: readonly Arena[],
  nameOf: NameOf,
  mine: Seat | null,
): string {
  return t(seat === mine ? "map.shade.mine" : "map.shade", {
    name: nameOf(seat),
    blocs: titlesIn(arenas, blocs),
    points: n(points, FINE),
    count: Math.round(points * 100) / 100,
    loss: n(a_round, FINE),
  });
}

/** "Round 1: 0, now 2.4, because Quad and AUKUS held." */
function whyMoved(
  seat: Seat,
  was: readonly Shade[],
  is: readonly Shade[],
  last: Last,
  arenas: readonly Arena[],
): string {
  const { before, round } = last;
  const then = { shades: was, effects: before.effects };
  const lasting = before.effects.filter((each) => (each.last_round ?? Infinity) > round.round);
  const yielded = (name: string) => {
    const bloc = before.arenas.find((each) => each.name === name);
    const earlier = before.history.at(-1);
    if (!bloc || !earlier) return 0;
    return producedIn(bloc, round, before.pacts) - producedIn(bloc, earlier, before.pacts);
  };
  const next = { shades: is, effects: [...lasting, ...round.effects] };
  const moved = shadeMoved(seat, then, next, yielded);
  if (moved === null) return "";
  const words = (reasons: Moved["reasons"]) =>
    reasons.map(({ is: reason, blocs }) => t(REASONS[reason], { places: titlesIn(arenas, blocs) }));
  return t("because.is", {
    round: round.round,
    before: n(moved.before, FINE),
    after: n(moved.after, FINE),
    reasons: although(words(moved.reasons), words(moved.against)),
  });
}

const REASONS = {
  held: "because.shade.held",
  gone: "because.shade.gone",
  exercise: "because.shade.exercise",
  rest: "because.shade.rest",
  opened: "because.shade.opened",
  closed: "because.shade.closed",
  more: "because.shade.more",
  less: "because.shade.less",
} as const satisfies Record<Moved["reasons"][number]["is"], string>;
