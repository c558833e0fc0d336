/** A facilitator's hand in all matches of a seminar: what is asked, what was refused. */
import { list, t } from "../i18n/index.svelte.ts";
import type { Api, DataSet, Saved } from "../net/api.ts";
import type { SeminarPlace } from "../net/places.ts";
import { fold } from "../rules/evolve.ts";
import type {
  Command,
  CommandOutcome,
  MatchCard,
  MatchCommand,
  Position,
  SeminarChanges,
} from "../wire/types.ts";
import { announcer } from "../design/announcer.svelte.ts";
import { reason, reasonOf } from "../ui/reasons.ts";
import { isOvertaken, isShown } from "./actions.ts";
import { commandWords } from "../words/command-words.ts";

/** all: every match that it is done in. */
export type Act = (card: MatchCard, all: readonly MatchCard[]) => Command | null;

interface Sent {
  readonly card: MatchCard;
  readonly command: Command;
}

/** How long an act waits at most for the cards to show the one before it. */
const SHOWN_WITHIN_MS = 2_000;

/** The cards as they stand, and word of when they change. */
export interface Cards {
  readonly matches: readonly MatchCard[];
  /** Resolves once it is true of the cards, or the time is over. */
  until(isSo: () => boolean, within_ms: number): Promise<void>;
}

export class ConsoleDesk {
  /** What was not done, in words, until the next act. */
  problems = $state.raw<readonly string[]>([]);
  isBusy = $state(false);
  readonly #api: Api;
  readonly #place: SeminarPlace;
  readonly #newId: () => string;
  readonly #cards: Cards;
  /** Acts take turns: each waits until the cards show the one before it. */
  #turn: Promise<void> = Promise.resolve();
  #underWay = 0;
  #last: Command["type"] | null = null;

  constructor(api: Api, place: SeminarPlace, newId: () => string, cards: Cards) {
    this.#api = api;
    this.#place = place;
    this.#newId = newId;
    this.#cards = cards;
  }

  /** Do something in those matches where it can be done; true if any took it. What came of it is said. */
  async act(seen: readonly MatchCard[], act: Act): Promise<boolean> {
    const isQuick = this.#underWay > 0;
    this.#underWay += 1;
    const sent = this.#turn.then(() => this.#act(seen, act, isQuick));
    const shown = async (done: readonly Sent[] | null) =>
      this.#cards.until(() => done?.every(this.#isShown) ?? true, SHOWN_WITHIN_MS);
    // An act that fails tells whoever asked for it, and does not hold up the next.
    this.#turn = sent.then(shown, () => {}).finally(() => (this.#underWay -= 1));
    return (await sent) !== null;
  }

  /** What was done; null if all was refused. isQuick: asked before the last act was shown. */
  async #act(seen: readonly MatchCard[], act: Act, isQuick: boolean): Promise<Sent[] | null> {
    const meant = seen.map((card) => act(card, seen));
    const cards = seen.map((card) => this.#asItStands(card));
    const asked = cards.flatMap((card, i): Sent[] => {
      const command = act(card, cards);
      if (!command || (isQuick && isOvertaken(meant[i] ?? null, command))) return [];
      return [{ card, command }];
    });
    if (asked.length === 0) {
      // Twice the same is no mistake: it is done.
      const isTwice = isQuick && meant.some((command) => command?.type === this.#last);
      if (!isTwice) announcer.say(t("console.nothing"));
      return [];
    }
    const { type } = asked[0]!.command;
    this.#last = type;
    const commands = asked.map(({ card, command }): MatchCommand => ({
      match: card.match,
      id: this.#newId(),
      command,
    }));
    const outcomes = await this.ask<CommandOutcome[]>("commands", { commands });
    if (outcomes === null) return null;
    const done = asked.filter((_, i) => outcomes[i]?.ok);
    this.problems = outcomes.flatMap(({ ok, code, message }, i) => {
      const number = asked[i]?.card.number ?? 0;
      return ok
        ? []
        : [t("console.refused", { number, reason: reason(code ?? "", message ?? "") })];
    });
    if (this.problems.length > 0) announcer.interrupt(this.problems.join(" "));
    if (done.length === 0) return null;
    const noted = asked.filter((_, i) => outcomes[i]?.is_noted);
    const now = done.filter((one) => !noted.includes(one));
    this.#tell(now, seen.length, type);
    this.#tell(noted, seen.length, "noted");
    return now;
  }

  #tell(sent: readonly Sent[], of: number, what: string): void {
    if (sent.length === 0) return;
    const cards = sent.map(({ card }) => card);
    announcer.say(didWords(cards, of, what));
  }

  readonly #isShown = ({ card, command }: Sent): boolean =>
    isShown(command, card, this.#asItStands(card));

  /** By its number: a branch takes a match's place. */
  #asItStands(card: MatchCard): MatchCard {
    return this.#cards.matches.find(({ number }) => number === card.number) ?? card;
  }

  /** Ask something of the seminar; null if it was refused, which is shown. */
  async ask<T>(what: string, body: object): Promise<T | null> {
    this.problems = [];
    this.isBusy = true;
    try {
      return await this.#api.askSeminar<T>(this.#place.token, this.#place.seminar, what, body);
    } catch (error) {
      this.refuse(error);
      return null;
    } finally {
      this.isBusy = false;
    }
  }

  /** Rename or archive it, or set who reads its matches after their end. */
  async change(changes: SeminarChanges): Promise<void> {
    this.problems = [];
    try {
      const card = await this.#api.changeSeminar(this.#place.token, this.#place.seminar, changes);
      if (changes.name) announcer.say(t("console.renamed", { name: card.name }));
      else if (changes.is_open_to_link != null)
        announcer.say(t(card.is_open_to_link ? "readers.link" : "readers.part"));
      else if (changes.is_together != null)
        announcer.say(t(card.is_together ? "together.on" : "together.off"));
      else if (changes.is_waiting_named != null)
        announcer.say(t(card.is_waiting_named ? "naming.on" : "naming.off"));
      else announcer.say(t(card.is_archived ? "console.archived" : "console.unarchived"));
    } catch (error) {
      this.refuse(error);
    }
  }

  /** Take a match back to before its last phase was opened. */
  async undo({ match, number }: MatchCard): Promise<void> {
    this.problems = [];
    try {
      await this.#api.undo(this.#place.token, match);
      announcer.say(t("console.undone", { number }));
    } catch (error) {
      this.refuse(error);
    }
  }

  /** A match as everybody may see it, with the arenas that are in force. */
  async position({ match }: MatchCard): Promise<Position | null> {
    try {
      return fold(await this.#api.look(this.#place.token, match, "public"));
    } catch (error) {
      this.refuse(error);
      return null;
    }
  }

  /** Fetch the scores of the class as a table, and hand it to whoever saves it. */
  saveScores(save: (file: Saved) => void): Promise<void> {
    return this.#save(() => this.#api.classScores(this.#place.seminar, this.#place.token), save);
  }

  /** Fetch all tables of the class, or the names behind their pseudonyms. */
  saveData(what: DataSet | "key", save: (file: Saved) => void): Promise<void> {
    return this.#save(
      () => this.#api.classData(this.#place.seminar, what, this.#place.token),
      save,
    );
  }

  async #save(ask: () => Promise<Saved>, save: (file: Saved) => void): Promise<void> {
    this.problems = [];
    try {
      save(await ask());
    } catch (error) {
      this.refuse(error);
    }
  }

  refuse(error: unknown): void {
    this.problems = [reasonOf(error)];
    announcer.interrupt(t("refused", { reason: this.problems[0] ?? "" }));
  }
}

/** What was done in which matches, in words; of: how many were meant. */
function didWords(done: readonly MatchCard[], of: number, command: string): string {
  const isAll = done.length > 1 && done.length === of;
  const numbers = done.map(({ number }) => t("console.match", { number }));
  const where = isAll ? t("console.did.all", { count: of }) : list(numbers);
  return t("console.did", { where, what: commandWords(command) });
}
