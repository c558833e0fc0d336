/** A match alone against bots, which a visitor begins without a code. */
import { t } from "../i18n/index.svelte.ts";
import { router } from "../router.svelte.ts";
import { api, places } from "../services.ts";
import { Attempt } from "../ui/attempt.svelte.ts";
import { keep } from "../ui/enter.ts";
import type { Offer } from "../wire/types.ts";

export class GuestPlay {
  /** Null until the server has told it. */
  offer = $state.raw<Offer | null>(null);
  readonly isOpen = $derived(this.offer?.is_open ?? false);
  readonly attempt = new Attempt();
  /** The scenario that was asked for last, beside which a refusal is told; null: *Play now*. */
  asked = $state<string | null>(null);

  /** Ask what guests may play here; a server that does not answer offers nothing. */
  async ask(): Promise<void> {
    this.offer = await new Attempt().run(() => api.offer());
  }

  /** Begin a match and go in; without a scenario: the one of *Play now*. */
  async begin(scenario: string | null = null): Promise<void> {
    this.asked = scenario;
    const name = places.name || t("home.play.guest");
    const begun = await this.attempt.run(() => api.play({ scenario, name }));
    if (begun === null) return;
    const { match, token, title } = begun;
    keep({ match, token, title, scenario: begun.scenario, role: "player", name });
    router.go(`#/m/${match}/player`);
  }
}
