/** What the advisor says from a whole reply pattern, in matches of rules 2. Pure but for words. */
import { n, percent, t } from "../i18n/index.svelte.ts";
import type { ArenaAdvice, PatternDocument } from "../wire/types.ts";
import { chance } from "../rules/chances.ts";

/** Where trust tips the better action; one sentence a tipping point. */
export function tippingWords({ tipping_points: points }: PatternDocument): string {
  if (points === null) return t("advice.f.many");
  if (points.length === 0) return t("advice.f.none");
  return points
    .map(({ belief, is_c_above }) =>
      t(is_c_above ? "advice.f.above" : "advice.f.below", { percent: percent(belief) }),
    )
    .join(" ");
}

/** What is known of the end, and what patience it asks for. isLast: in a round that is known to be. */
export function horizonWords(
  pattern: PatternDocument,
  delta: string | null,
  isLast = false,
): string {
  if (isLast && pattern.horizon !== null) return t("advice.delta.last");
  switch (pattern.horizon) {
    case null:
      return t("advice.delta.many");
    case "unravels":
      return t("advice.delta.unravels");
    case "can_hold":
      return t("advice.delta.canHold");
    case "no_equilibrium":
      return t("advice.delta.noPure");
    case "by_chance":
      return byChance(pattern, delta);
  }
}

function byChance({ no_end_before: round }: PatternDocument, delta: string | null): string {
  if (delta === null) return t("advice.delta.none");
  if (chance(delta) === 0) return t("advice.delta.zero");
  const needed = t("advice.delta.public", { percent: percent(chance(delta)) });
  return round > 0 ? `${needed} ${t("advice.delta.from", { round })}` : needed;
}

/** In how many cases cooperating is best; nothing of too many members. */
export function casesWords({ best_in, cases }: PatternDocument): string {
  return best_in === null ? "" : t("advice.cases", { best: n(best_in), cases: n(cases) });
}

/** That a little other points would give the situation another name; nothing where it holds. */
export function fragileWords({ fragile }: PatternDocument): string {
  if (fragile === null) return "";
  const name = t(`game.${fragile.instead}`);
  return t("advice.fragile", { name, percent: percent(fragile.share) });
}

/** How many people cooperated at first in laboratories, or why that is not known of such a game. */
export function peopleWords({ people, people_reason: reason }: ArenaAdvice): string {
  if (people) {
    const [low, high] = [percent(people.low), percent(people.high)];
    return [
      t("advice.people.is", { percent: percent(people.first_round), low, high }),
      t("advice.people.risk", {
        basin: percent(people.basin),
        percent: percent(people.delta_rd),
      }),
      t("advice.people.source"),
    ].join(" ");
  }
  if (reason === "not_symmetric") return t("advice.people.unequal");
  return reason === "known_length" ? t("advice.people.knownEnd") : "";
}

/** What one more commitment costs; nothing where it is free. */
export function effortWords({ effort }: ArenaAdvice): string {
  if (!effort || effort.price === 0) return "";
  const price = t("advice.effort.is", { points: n(effort.price) });
  return effort.is_given_up ? `${price} ${t("advice.effort.giveUp")}` : price;
}
