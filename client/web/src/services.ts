/** The edges of the page, made once: the server's HTTP and what this browser remembers. */
import { memory } from "./memory.svelte.ts";
import { Api } from "./net/api.ts";
import { EndedMatches } from "./net/ended.ts";
import { Places } from "./net/places.ts";

/** Whether this is the page that other pages show in a frame: it has replays alone. */
export const isEmbedded = document.querySelector('meta[name="detente-embed"]') !== null;
/** The address of the whole client; the page for frames lies a folder below it. */
const root = isEmbedded ? new URL("..", document.baseURI).href : document.baseURI;

export const api = new Api(root, fetch.bind(globalThis));
export const places = new Places(memory);
export const ended = new EndedMatches(api, places);

/** The address of a screen, for links that leave this browser: as others reach the server. */
export function linkTo(hash: string): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="detente-page"]')?.content;
  const page = new URL(named ?? root);
  page.hash = hash;
  return page.href;
}

/** HTML that shows a screen in a frame on another page. */
export function frameOf(hash: string, title: string): string {
  const source = new URL(linkTo(hash));
  source.pathname = `${source.pathname.replace(/[^/]*$/, "")}embed/`;
  const attributes = Object.entries({ src: source.href, title, width: "100%", height: "800" });
  return `<iframe ${attributes.map(([name, value]) => `${name}="${escaped(value)}"`).join(" ")}></iframe>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
