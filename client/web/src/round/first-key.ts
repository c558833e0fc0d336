/** The first key or tap while something is covered. */
import { isTyping } from "../ui/typing.ts";

/** The first key while something is covered: it uncovers it and does nothing else, whatever has the focus.
 *
 * Listeners of the window, to be called before all others. What is typed is typed all the same.
 */
export function firstKey(isCovered: () => boolean, uncover: () => void) {
  let held: string | null = null;

  /** A key that stays down repeats, and a button is pressed when it is let go: neither counts. */
  function down(event: KeyboardEvent) {
    if (isCovered()) {
      uncover();
      held = isTyping(event) ? null : event.code;
    } else if (!event.repeat) held = null;
    if (held === event.code) stop(event);
  }

  function up(event: KeyboardEvent) {
    if (held !== event.code) return;
    held = null;
    stop(event);
  }

  return { down, up };
}

/** What ends the phase when it is pressed. */
const ENDS = "[data-ends-phase]";

/** The first tap while something is covered, on what ends the phase: it uncovers and does nothing else.
 *
 * Anything else that is tapped does what it does. A screen reader taps nothing, and has heard all.
 */
export function firstTap(isCovered: () => boolean, uncover: () => void) {
  let isHeld = false;

  function down({ target }: Event) {
    isHeld = isCovered() && target instanceof Element && target.closest(ENDS) !== null;
    if (isHeld) uncover();
  }

  function click(event: Event) {
    if (isHeld) stop(event);
    isHeld = false;
  }

  return { down, click };
}

function stop(event: Event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
