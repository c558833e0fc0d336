/** Translators, and some extensions, put <font> in the place of our text, which then stays as it was.
 *
 * The page asks not to be translated, for it has languages of its own. Whoever does it all the same
 * would leave a phase and a clock on it that are over, so the text comes back at once.
 */
const FOREIGN = "FONT";
/** More often than this in a second, and it would never end. */
const MOST_A_SECOND = 40;

class Rewriting {
  /** Whether somebody has rewritten the page. */
  isSeen = $state(false);
  /** Whether it is done so often that the page cannot keep its words. */
  isLost = $state(false);
}

export const rewriting = new Rewriting();

/** Put back every text that is replaced below a root; gives a function that ends it. */
export function keepWords(root: Node, state: Rewriting = rewriting): () => void {
  let secondMs = 0;
  let count = 0;
  const observer = new MutationObserver((records) => {
    if (!putBack(records)) return;
    observer.takeRecords(); // our own
    state.isSeen = true;
    const nowMs = performance.now();
    if (nowMs - secondMs > 1_000) [secondMs, count] = [nowMs, 0];
    count += 1;
    if (count <= MOST_A_SECOND) return;
    observer.disconnect();
    state.isLost = true;
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** Whether anything was put back. */
function putBack(records: readonly MutationRecord[]): boolean {
  let substitutes = records.flatMap(({ addedNodes }) => [...addedNodes].filter(isForeign));
  if (substitutes.length === 0) return false;
  let isDone = false;
  for (const record of records)
    for (const text of record.removedNodes) {
      const beside = [...record.addedNodes, record.previousSibling, record.nextSibling];
      const substitute = beside.find((node) => isForeign(node) && substitutes.includes(node));
      const isTaken = !text.isConnected || substitute?.contains(text);
      if (!(text instanceof Text) || !isForeign(substitute) || !isTaken) continue;
      substitutes = substitutes.filter((other) => other !== substitute);
      substitute.replaceWith(text);
      isDone = true;
    }
  return isDone;
}

function isForeign(node: Node | null | undefined): node is HTMLElement {
  return node?.nodeName === FOREIGN;
}
