/** What a page shows to whoever runs the server. */
import { ApiError } from "../net/api.ts";
import { places } from "../services.ts";
import { Attempt } from "./attempt.svelte.ts";

export class Hosted {
  /** The host's token; null for a guest. */
  host = $state(places.host);
  readonly attempt = new Attempt();

  /** A token of another server's life opens nothing here: forget it, and be a guest. */
  async list<T>(ask: (host: string) => Promise<T[]>): Promise<T[]> {
    if (this.host === null) return [];
    try {
      return await ask(this.host);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      this.host = places.host = null;
      return [];
    }
  }
}
