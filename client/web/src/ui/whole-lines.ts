/** A box that scrolls is never cut through a line: it is as high as the lines that fit. */

export type Piece = { readonly top: number; readonly bottom: number };

/** How high a box of so much room is, so that it ends between pieces; null where none fits. */
export function heightOfWhole(pieces: readonly Piece[], room: number): number | null {
  const isCut = (at: number) =>
    pieces.some(({ top, bottom }) => top < at - SLACK_PX && at + SLACK_PX < bottom);
  const fit = pieces.map(({ bottom }) => bottom).filter((at) => at <= room && !isCut(at));
  return fit.length === 0 ? null : Math.max(...fit);
}

const SLACK_PX = 1;

/** Give the lines and signs in a box, measured from the top of what is in it. */
function piecesOf(box: HTMLElement): Piece[] {
  const start = box.getBoundingClientRect().top - box.scrollTop;
  const signs = [...box.querySelectorAll(".plaque, svg")].map((each) =>
    each.getBoundingClientRect(),
  );
  return [...linesOf(box), ...signs].map(({ top, bottom }) => ({
    top: top - start,
    bottom: bottom - start,
  }));
}

/** Each line of each text, for a paragraph that is wrapped is many. */
function linesOf(box: HTMLElement): DOMRect[] {
  const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  const range = new Range();
  const lines: DOMRect[] = [];
  while (texts.nextNode()) {
    range.selectNodeContents(texts.currentNode);
    lines.push(...range.getClientRects());
  }
  return lines;
}

/** Keep `--whole` at the height of the lines that fit, while some do not. */
export function wholeLines(box: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    box.style.removeProperty("--whole");
    const height =
      box.scrollHeight > box.clientHeight ? heightOfWhole(piecesOf(box), box.clientHeight) : null;
    if (height !== null) box.style.setProperty("--whole", `${height}px`);
  });
  observer.observe(box.parentElement!);
  observer.observe(box.firstElementChild!);
  return () => observer.disconnect();
}
