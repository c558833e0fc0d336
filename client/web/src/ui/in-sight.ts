/** What a reader asked for stays in sight while the page around it still settles. */

/** Every hundredth: whatever moves it out of sight is noticed. */
const SHARES = Array.from({ length: 101 }, (_, i) => i / 100);
/** What a reader does ends it: the page never scrolls against somebody's hand. */
const ACTS = ["pointerdown", "wheel", "touchmove", "keydown"] as const;

/** One thing at a time is kept in sight. */
let kept = new AbortController();

/** Scroll to an element, and again when late answers move it, until the reader acts or scrolls.
 *
 * Gives a function that ends it.
 */
export function keepInSight(
  element: Element,
  block: ScrollLogicalPosition = "nearest",
): () => void {
  kept.abort();
  const own = (kept = new AbortController());
  const end = () => own.abort();
  let edges = edgesOf(element);
  /** The page itself has just scrolled. */
  let isOwn = true;
  const observer = new IntersectionObserver(
    (seen) => {
      const share = seen.at(-1)!.intersectionRatio;
      const now = edgesOf(element);
      const hasMoved = now.some((edge, i) => Math.abs(edge - edges[i]!) >= 1);
      edges = now;
      // Out of sight in its old place, it was scrolled away.
      if (!element.isConnected || (share < 1 && !hasMoved && !isOwn)) end();
      else if (share < 1 && hasMoved) element.scrollIntoView({ block: "nearest" });
      isOwn = share < 1 && hasMoved;
    },
    { threshold: SHARES },
  );
  own.signal.addEventListener("abort", () => observer.disconnect());
  for (const act of ACTS) addEventListener(act, end, { signal: own.signal, capture: true });
  element.scrollIntoView({ block });
  observer.observe(element);
  return end;
}

/** Where an element begins and ends in the page, wherever that is scrolled to. */
function edgesOf(element: Element): readonly [number, number] {
  const { top, bottom } = element.getBoundingClientRect();
  let scrolled = 0;
  for (let around = element.parentElement; around; around = around.parentElement)
    scrolled += around.scrollTop;
  return [top + scrolled, bottom + scrolled];
}
