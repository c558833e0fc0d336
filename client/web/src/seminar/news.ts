/** What is read aloud on the console: matches that moved on, people who came. */
import { t } from "../i18n/index.svelte.ts";
import type { MatchCard, PersonCard } from "./types.ts";

interface Seen {
  readonly matches: readonly MatchCard[];
  readonly people: readonly PersonCard[];
}

export function consoleNews(before: Seen, after: Seen): string[] {
  const known = new Set(before.people.map(({ person }) => person));
  const came = after.people.filter(({ person }) => !known.has(person));
  const old = new Map(before.matches.map((card) => [card.match, card]));
  const moved = after.matches.filter((card) => {
    const was = old.get(card.match);
    return was && (was.phase !== card.phase || was.round !== card.round);
  });
  return [
    ...came.map(({ name }) => t("console.came", { name })),
    ...moved.map((card) => t("console.news", { number: card.number, what: standing(card) })),
  ];
}

function standing({ phase, round, rounds }: MatchCard): string {
  if (round === 0 || phase === "debrief") return t(`phase.${phase}`);
  return t("round.of.phase", { round, rounds, phase: t(`phase.${phase}`) });
}
