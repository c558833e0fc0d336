/** The edges of the page, made once: the server's HTTP and what this browser remembers. */
import { pathOf, root } from "./arrival.ts";
export { isEmbedded } from "./arrival.ts";
import { language } from "./i18n/index.svelte.ts";
import { memory } from "./memory.svelte.ts";
import { Api } from "./net/api.ts";
import { EndedMatches } from "./net/ended.ts";
import { Places } from "./net/places.ts";

export const api = new Api(root, fetch.bind(globalThis));
export const places = new Places(memory);
export const ended = new EndedMatches(api, places);

/** The address of a screen, for links that leave this browser: as others reach the server. */
export function linkTo(hash: string): string {
  const path = pathOf(hash);
  if (path === null) return addressOf(hash);
  const link = new URL(path, page());
  // What a chat shows of it is in the language of who passes it on.
  if (language.is !== "en") link.searchParams.set("language", language.is);
  return link.href;
}

function addressOf(hash: string): string {
  const address = page();
  address.hash = hash;
  return address.href;
}

function page(): URL {
  const named = document.querySelector<HTMLMetaElement>('meta[name="detente-page"]')?.content;
  return new URL("./", named ?? root);
}

/** HTML that shows a screen in a frame on another page. */
export function frameOf(hash: string, title: string): string {
  const source = new URL(addressOf(hash));
  source.pathname = `${source.pathname.replace(/[^/]*$/, "")}embed/`;
  const attributes = Object.entries({ src: source.href, title, width: "100%", height: "800" });
  return `<iframe ${attributes.map(([name, value]) => `${name}="${escaped(value)}"`).join(" ")}></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
