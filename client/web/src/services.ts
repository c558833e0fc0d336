/** The edges of the page, made once: the server's HTTP and what this browser remembers. */
import { memory } from "./memory.svelte.ts";
import { Api } from "./net/api.ts";
import { EndedMatches } from "./net/ended.ts";
import { Places } from "./net/places.ts";

export const api = new Api(document.baseURI, fetch.bind(globalThis));
export const places = new Places(memory);
export const ended = new EndedMatches(api, places);

/** The address of a screen, for links that leave this browser: as others reach the server. */
export function linkTo(hash: string): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="detente-page"]')?.content;
  const page = new URL(named ?? document.baseURI);
  page.hash = hash;
  return page.href;
}
