/** What is read aloud on the console: matches that moved on, people who came, what others did there. */
import { t } from "../i18n/index.svelte.ts";
import { storyWords } from "./story-words.ts";
import type { MatchCard, PersonCard } from "../wire/types.ts";
import { standingWords } from "./card-words.ts";
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
      return was
        ? [...deedsOfOthers(was, card, me), ...advance(was, card), ...told(was, card)]
        : [];
    }),
  ];
}

/** What happened since, in the words of the story; that it has ended is said already. */
function told(was: MatchCard, card: MatchCard): string[] {
  const known = new Set(was.story.map(({ kind, at_ms }) => `${kind} ${at_ms}`));
  return card.story
    .filter(({ kind, at_ms }) => kind !== "ended" && !known.has(`${kind} ${at_ms}`))
    .map((item) => storyWords(card, item));
}

function advance(was: MatchCard, card: MatchCard): string[] {
  if (was.phase === card.phase && was.round === card.round) return [];
  return [t("console.news", { number: card.number, what: standingWords(card) })];
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
