/** A facilitator's hand in all matches of a seminar: what is asked, what was refused. */
import { t } from "../i18n/index.svelte.ts";
import type { Api } from "../net/api.ts";
import type { SeminarPlace } from "../net/places.ts";
import type { Command } from "../rules/types.ts";
import { announcer } from "../ui/announcer.svelte.ts";
import { reason, reasonOf } from "../ui/reasons.ts";
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

  /** Do something in those matches where it can be done; true if all took it. */
  async act(cards: readonly MatchCard[], act: Act): Promise<boolean> {
    const commands = cards.flatMap((card): MatchCommand[] => {
      const command = act(card);
      return command ? [{ match: card.match, id: this.#newId(), command }] : [];
    });
    if (commands.length === 0) return true;
    const outcomes = await this.ask<Outcome[]>("commands", { commands });
    if (outcomes === null) return false;
    const refused = outcomes.filter(({ ok }) => !ok);
    this.problems = refused.map(({ match, code, message }) => {
      const number = cards.find((card) => card.match === match)?.number ?? 0;
      return t("console.refused", { number, reason: reason(code ?? "", message ?? "") });
    });
    if (refused.length > 0) announcer.interrupt(this.problems.join(" "));
    else if (commands.length > 1)
      announcer.say(t("console.done", { done: outcomes.length, all: commands.length }));
    return refused.length === 0;
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

  async change(changes: { name?: string; is_archived?: boolean }): Promise<void> {
    this.problems = [];
    try {
      await this.#api.changeSeminar(this.#place.token, this.#place.seminar, changes);
    } catch (error) {
      this.refuse(error);
    }
  }

  refuse(error: unknown): void {
    this.problems = [reasonOf(error)];
    announcer.interrupt(t("refused", { reason: this.problems[0] ?? "" }));
  }
}
