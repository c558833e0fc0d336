/** Keys that belong to an input method (Japanese, Chinese, Korean and others), in every engine.
 *
 * Chrome and Firefox say `isComposing` of the Enter that ends a composition. Safari ends it first and
 * then reports the key with code 229; some keyboards of phones report a plain Enter right after.
 */
const RIGHT_AFTER_MS = 50;
const OF_INPUT_METHOD = 229;

/** Let no handler of the page see such keys; gives a function that ends it. */
export function keepComposing(page: Document): () => void {
  let endedAtMs = -Infinity;
  const ended = ({ timeStamp }: Event) => (endedAtMs = timeStamp);
  const pressed = (event: KeyboardEvent) => {
    const isTaken = event.isComposing || event.keyCode === OF_INPUT_METHOD;
    const isLate = event.key === "Enter" && event.timeStamp - endedAtMs < RIGHT_AFTER_MS;
    if (!isTaken && !isLate) return;
    event.stopPropagation();
    if (!isTaken) event.preventDefault(); // it would send a form or break the line
  };
  page.addEventListener("compositionend", ended, true);
  page.addEventListener("keydown", pressed, true);
  return () => {
    page.removeEventListener("compositionend", ended, true);
    page.removeEventListener("keydown", pressed, true);
  };
}
