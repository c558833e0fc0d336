/** A facilitator's hand in all matches of a seminar: what is asked, what was refused. */
import { list, t } from "../i18n/index.svelte.ts";
import type { Api } from "../net/api.ts";
import type { SeminarPlace } from "../net/places.ts";
import { fold } from "../rules/evolve.ts";
import type { Command, Position } from "../rules/types.ts";
import { announcer } from "../ui/announcer.svelte.ts";
import { reason, reasonOf } from "../ui/reasons.ts";
import { commandWords } from "./news.ts";
import type { MatchCard, MatchCommand, Outcome } from "./types.ts";

export type Act = (card: MatchCard) => Command | null;

export class ConsoleDesk {
  /** What was not done, in words, until the next act. */
  problems = $state.raw<readonly string[]>([]);
  isBusy = $state(false);
  readonly #api: Api;
  readonly #place: SeminarPlace;
  readonly #newId: () => string;

  constructor(api: Api, place: SeminarPlace, newId: () => string) {
    this.#api = api;
    this.#place = place;
    this.#newId = newId;
  }

  /** Do something in those matches where it can be done; true if any took it. What came of it is said. */
  async act(cards: readonly MatchCard[], act: Act): Promise<boolean> {
    const asked = cards.flatMap((card) => {
      const command = act(card);
      return command ? [{ card, command }] : [];
    });
    if (asked.length === 0) {
      announcer.say(t("console.nothing"));
      return true;
    }
    const commands = asked.map(
      ({ card, command }): MatchCommand => ({ match: card.match, id: this.#newId(), command }),
    );
    const outcomes = await this.ask<Outcome[]>("commands", { commands });
    if (outcomes === null) return false;
    const done = asked.filter((_, i) => outcomes[i]?.ok).map(({ card }) => card);
    this.problems = outcomes.flatMap(({ ok, code, message }, i) => {
      const number = asked[i]?.card.number ?? 0;
      return ok ? [] : [t("console.refused", { number, reason: reason(code ?? "", message ?? "") })];
    });
    if (this.problems.length > 0) announcer.interrupt(this.problems.join(" "));
    if (done.length > 0) announcer.say(didWords(done, cards.length, asked[0]!.command.type));
    return done.length > 0;
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

  /** Rename or archive it. */
  async change(changes: { name?: string; is_archived?: boolean }): Promise<void> {
    this.problems = [];
    try {
      const card = await this.#api.changeSeminar(this.#place.token, this.#place.seminar, changes);
      if (changes.name !== undefined) announcer.say(t("console.renamed", { name: card.name }));
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
