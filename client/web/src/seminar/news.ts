/** What is read aloud on the console: matches that moved on, people who came, what others did there. */
import { t } from "../i18n/index.svelte.ts";
import type { MatchCard, PersonCard } from "../wire/types.ts";
import { commandWords } from "../words/command-words.ts";

interface Seen {
  readonly matches: readonly MatchCard[];
  readonly people: readonly PersonCard[];
}

/** me: the name under which whoever listens leads; null for whoever opened the seminar, who signs nothing. */
export function consoleNews(before: Seen, after: Seen, me: string | null): string[] {
  const known = new Set(before.people.map(({ person }) => person));
  const came = after.people.filter(({ person }) => !known.has(person));
  const old = new Map(before.matches.map((card) => [card.number, card]));
  return [
    ...came.map(({ name }) => t("console.came", { name })),
    ...after.matches.flatMap((card) => {
      const was = old.get(card.number);
      return was ? [...deedsOfOthers(was, card, me), ...advance(was, card)] : [];
    }),
  ];
}

function advance(was: MatchCard, card: MatchCard): string[] {
  if (was.phase === card.phase && was.round === card.round) return [];
  return [t("console.news", { number: card.number, what: standing(card) })];
}

/** What a co-facilitator signed; and, for a co-facilitator, a pause by whoever signs nothing. */
function deedsOfOthers(was: MatchCard, card: MatchCard, me: string | null): string[] {
  const { number, signed } = card;
  if (signed && (signed.at_ms !== was.signed?.at_ms || signed.command !== was.signed.command)) {
    const what = commandWords(signed.command);
    return signed.name === me ? [] : [t("console.did.by", { number, what, name: signed.name })];
  }
  const isPaused = card.paused_at_ms !== null;
  if (me === null || isPaused === (was.paused_at_ms !== null)) return [];
  const where = t("console.match", { number });
  return [t("console.did", { where, what: t(isPaused ? "did.pause_match" : "did.resume_match") })];
}

function standing({ phase, round, rounds }: MatchCard): string {
  if (round === 0 || phase === "debrief") return t(`phase.${phase}`);
  return t("round.of.phase", { round, rounds, phase: t(`phase.${phase}`) });
}
