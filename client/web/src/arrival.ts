/** Where somebody arrives: which of the server's pages this is, and the screen that its address names. */

const isNoted = (name: string) => document.querySelector(`meta[name="detente-${name}"]`) !== null;

/** Whether this is the page that other pages show in a frame: it has replays alone. */
export const isEmbedded = isNoted("embed");
const isLinked = isNoted("link");

/** The address of the whole client; pages for frames and for links lie a folder below it. */
export const root =
  isEmbedded || isLinked ? new URL("..", document.baseURI).href : document.baseURI;

/** Screens that can be shared: their links are paths, because what is behind `#` reaches no server. */
const SHARED = /^#\/((?:replay|debrief|tournament)\/[^?]+)/;

/** The path of a screen for a link, from `#/replay/x`; null where it has none. */
export function pathOf(hash: string): string | null {
  return SHARED.test(hash) ? hash.slice("#/".length) : null;
}

/** The screen that the path of a link means. */
function screenOf({ pathname, search }: Location): string {
  const query = new URLSearchParams(search);
  query.delete("language");
  return `#/${pathname.split("/").slice(-2).join("/")}${query.size > 0 ? `?${query}` : ""}`;
}

if (isLinked) history.replaceState(null, "", root + screenOf(location));
