/** A match alone against bots, which anybody begins without a code. */
import { t } from "../i18n/index.svelte.ts";
import { router } from "../router.svelte.ts";
import { castOf, DOCTRINE_MIX, type Rivals } from "../rules/bots.ts";
import { api, places } from "../services.ts";
import { Attempt } from "../ui/attempt.svelte.ts";
import { keep } from "../ui/enter.ts";
import type { NewGuestMatch, Offer, Scenario, Seat } from "../wire/types.ts";

/** What somebody wants to play. */
export type Wish = { scenario: Scenario; seat: Seat; rivals: Rivals };

export class GuestPlay {
  /** Null until the server has told it. */
  offer = $state.raw<Offer | null>(null);
  readonly attempt = new Attempt();
  /** The scenario that was asked for last, beside which a refusal is told; null: *Play now*. */
  asked = $state<string | null>(null);

  /** Ask what guests may play here; a server that does not answer offers nothing. */
  async ask(): Promise<void> {
    this.offer = await new Attempt().run(() => api.offer());
  }

  /** Begin a match and go in; without a scenario: the one of *Play now*. replace: no way back. */
  async begin(scenario: string | null = null, { replace = false } = {}): Promise<void> {
    this.asked = scenario;
    await this.#begin({ scenario }, DOCTRINE_MIX, replace);
  }

  /** Begin the match that was chosen, and go in. */
  async beginAs({ scenario, seat, rivals }: Wish): Promise<void> {
    const seats = scenario.players.map((player) => player.seat);
    const cast = castOf(rivals, seats, seat);
    await this.#begin({ scenario: scenario.name, seat, rivals: cast }, rivals);
  }

  async #begin(wanted: NewGuestMatch, rivals: Rivals, replace = false): Promise<void> {
    const name = places.name || t("home.play.guest");
    const begun = await this.attempt.run(() => api.play({ ...wanted, name }, places.host));
    if (begun === null) return;
    const { match, token, title } = begun;
    keep({ match, token, title, scenario: begun.scenario, role: "player", name, rivals });
    router.go(`#/m/${match}/player`, { replace });
  }
}
