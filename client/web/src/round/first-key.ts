/** The first key while something is covered: it uncovers it and does nothing else, whatever has the focus. */
import { isTyping } from "../ui/typing.ts";

/** Listeners of the window, to be called before all others. What is typed is typed all the same. */
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

function stop(event: Event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}
