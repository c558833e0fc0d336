/** What entrants and games are called here. */
import { given, t } from "../i18n/index.svelte.ts";
import type { ScenarioCard, StrategyCard } from "../wire/types.ts";

export type Title = (strategy: string) => string;

/** Titles of built-in bots; anybody's own is called what its author called it. */
export function titles(strategies: readonly StrategyCard[]): Title {
  const known = new Map(strategies.map(({ name, title }) => [name, title]));
  return (strategy) => given(`strategy.${strategy}`, known.get(strategy) ?? strategy);
}

/** The title of a game or scenario by its name. */
export function gameTitle(name: string, cards: readonly ScenarioCard[]): string {
  if (name === "payoffs") return t("tour.payoffs");
  const card = cards.find((card) => card.name === name);
  return card ? given(`scenario.${name}.title`, card.title) : name;
}
