/** The code of each page, which comes from the server when the page is first gone to.
 *
 * The page that asks for a name is not among them: it is what a phone in a slow room waits for.
 */
import { untrack } from "svelte";
import { language } from "../i18n/index.svelte.ts";
import type { Route } from "../router.svelte.ts";

export const PAGES = {
  home: () => page(() => import("./Home.svelte")),
  link: () => page(() => import("./OpenLink.svelte")),
  about: () => page(() => import("./About.svelte")),
  learn: () => page(() => import("./Learn.svelte")),
  watch: () => page(() => import("./Watch.svelte")),
  show: () => page(() => import("./Show.svelte")),
  beside: () => page(() => import("./Beside.svelte")),
  debrief: () => page(() => import("./Debrief.svelte")),
  replay: () => page(() => import("./Replay.svelte")),
  library: () => page(() => import("./Library.svelte")),
  seminars: () => page(() => import("./Seminars.svelte")),
  seminar: () => page(() => import("./WaitingRoom.svelte")),
  console: () => page(() => import("./Console.svelte")),
  wall: () => page(() => import("./Wall.svelte")),
  tournaments: () => page(() => import("./Tournaments.svelte")),
  tournament: () => page(() => import("./Tournament.svelte")),
  match: () => page(() => import("./Match.svelte")),
};

/** What somebody on a page goes to next. */
const NEXT: Partial<Record<Route["screen"], readonly (() => Promise<unknown>)[]>> = {
  join: [PAGES.seminar, PAGES.match],
  seminar: [PAGES.match],
};

/** Fetch what comes after a page as soon as somebody touches or writes there; gives a function that ends it. */
export function fetchNext(screen: Route["screen"]): () => void {
  const begun = new AbortController();
  const { signal } = begun;
  function fetch() {
    begun.abort();
    // A failure shows when somebody goes there: the page is asked for again.
    for (const load of NEXT[screen] ?? []) load().catch((error: unknown) => console.warn(error));
  }
  for (const kind of ["input", "pointerdown"]) addEventListener(kind, fetch, { signal });
  return () => begun.abort();
}

/** A page comes with its words. Another language later does not make it anew. */
async function page<T>(code: () => Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([code(), untrack(() => language.whole())]);
  return loaded;
}
