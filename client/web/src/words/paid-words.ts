/** What an arena paid a member, and of what that is made, in one sentence. */
import { list, percent, signed, t } from "../i18n/index.svelte.ts";
import { partsOf } from "../rules/reasons.ts";
import { weight } from "../rules/games.ts";
import type { Arena, ArenaResult, Seat } from "../wire/types.ts";
import { calledBy, deedPast, type NameOf } from "./words.ts";

type Term = ReturnType<typeof partsOf>[number]["term"];
type Names = { nameOf: NameOf; mine: Seat | null };

/** "Japan: +4.2 from what was produced here and −1.5 for the cost of cooperating, in all +2.7." */
export function paidWords(
  arena: Arena,
  { actions, payoffs }: Pick<ArenaResult, "actions" | "payoffs">,
  seat: Seat,
  { nameOf, mine }: Names,
): string {
  const { game, members } = arena;
  const name = calledBy(nameOf, mine)(seat);
  const total = signed(payoffs[seat] ?? 0);
  if (game.type === "bimatrix") {
    const other = members.find((each) => each !== seat)!;
    const deed = (each: Seat) => deedPast(actions[each] ?? "D");
    const words = { deed: deed(seat), theirs: deed(other), other: calledBy(nameOf, mine)(other) };
    return t("paid.table", { name, total, ...words });
  }
  const others = members.filter((each) => each !== seat);
  const weigh = (some: readonly Seat[]) =>
    some.reduce((sum, each) => sum + weight(game, members.indexOf(each)), 0);
  const gone = weigh(others.filter((each) => actions[each] !== "C")) / weigh(others);
  const [only, ...more] = others;
  const partWords = (term: Term, points: string): string => {
    if (term === "b" || term === "c") return t(`paid.${term}`, { points });
    if (only === undefined || more.length > 0)
      return t(`paid.${term}`, { points, percent: percent(gone) });
    return t(`paid.${term}.one`, { points, other: calledBy(nameOf, mine)(only) });
  };
  const all = partsOf(arena, actions, seat);
  if (all.length === 0) return t("paid.none", { name });
  const seen = all.filter(({ points }) => signed(points) !== signed(0));
  const parts = (seen.length > 0 ? seen : all).map(({ term, points }) =>
    partWords(term, signed(points)),
  );
  return t(all.length === 1 ? "paid.line.one" : "paid.line", { name, total, parts: list(parts) });
}
