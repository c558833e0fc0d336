/** What a whole room reads stands on one screen: it is made as large as its box lets it be. */
import type { Attachment } from "svelte/attachments";

/** From here on a page for a room is one screen; on a smaller one it scrolls, as other pages do. */
const ONE_SCREEN = "(width >= 64rem) and (height >= 36rem)";

const LEAST = 0.4;
/** Halvings: the last one is of less than a hundredth. */
const TRIES = 7;

/** Enlarge an element, or make it smaller, until it fills the box around it and no more.
 *
 * The box hides what is too much, and has a height of its own. most: how large at most.
 */
export function fitted(most = 1.6): Attachment<HTMLElement> {
  return (inner) => {
    const box = inner.parentElement!;
    const hall = matchMedia(ONE_SCREEN);
    let asked = 0;

    function ask() {
      asked ||= requestAnimationFrame(fit);
    }

    function fit() {
      asked = 0;
      inner.style.zoom = "";
      if (hall.matches) inner.style.zoom = `${largest(most, (zoom) => fits(inner, box, zoom))}`;
    }

    const sizes = new ResizeObserver(ask);
    sizes.observe(box);
    const words = new MutationObserver(ask);
    words.observe(inner, { childList: true, characterData: true, subtree: true });
    hall.addEventListener("change", ask);
    void document.fonts.ready.then(ask);
    fit();
    return () => {
      cancelAnimationFrame(asked);
      sizes.disconnect();
      words.disconnect();
      hall.removeEventListener("change", ask);
    };
  };
}

/** Find how large something may be, by halving. */
export function largest(most: number, fitsAt: (zoom: number) => boolean): number {
  if (fitsAt(most)) return most;
  let [low, high] = [LEAST, most];
  for (let i = 0; i < TRIES; i++) {
    const middle = (low + high) / 2;
    if (fitsAt(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function fits(inner: HTMLElement, box: HTMLElement, zoom: number): boolean {
  inner.style.zoom = `${zoom}`;
  return box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
}
