/** What lenses make of an arena, in a sentence; and whether they can be used at all. */
import { list, t } from "../i18n/index.svelte.ts";
import { knowsMind, LENSES, type Lens, type Reading } from "../rules/lenses.ts";
import type { Situation } from "../rules/replies.ts";
import type { Scenario, Seat, Standing } from "../wire/types.ts";

/** Whether the figures that lenses look at are here, and what the seat thinks of others is known. */
export function hasLenses(
  { players, power }: Pick<Scenario, "players" | "power">,
  standing: Standing,
  seat: Seat,
): boolean {
  const isMeasured =
    power === "equal" || players.every(({ figures }) => figures[power] !== undefined);
  return isMeasured && knowsMind(standing, seat);
}

/** "Realists see a Prisoner's Dilemma where liberals see a Stag Hunt." */
export function lensSentence(seen: Readonly<Record<Reading, Situation>>): string {
  const groups = new Map<Situation, Lens[]>();
  for (const each of LENSES) groups.set(seen[each], [...(groups.get(seen[each]) ?? []), each]);
  const game = t(`game.${seen.material}`);
  const points = groups.has(seen.material) ? [] : [t("lens.points", { game })];
  const [first, ...others] = [
    ...[...groups].map(([kind, lenses]) => sees(lenses, kind)),
    ...points,
  ];
  if (others.length === 0) return t("lens.same", { game });
  return t("lens.where", { first: capital(first!), second: list(others) });
}

function sees(lenses: readonly Lens[], kind: Situation): string {
  return t("lens.sees", {
    who: list(lenses.map((each) => t(`lens.${each}.who`))),
    game: t(`game.${kind}`),
  });
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
