/** Which key means what. Single letters do nothing while somebody types or holds a modifier. */

export type PlayKey =
  | { type: "arena"; number: number }
  | { type: "cooperate" }
  | { type: "defect" }
  | { type: "ready" }
  | { type: "talk" }
  | { type: "pacts" }
  | { type: "propose" }
  | { type: "move" }
  | { type: "lens" }
  | { type: "standing" }
  | { type: "help" };

export type ReplayKey =
  | { type: "round"; by: 1 | -1 }
  | { type: "event"; by: 1 | -1 }
  | { type: "start" }
  | { type: "end" }
  | { type: "play" }
  | { type: "speed"; by: 1 | -1 }
  | { type: "view" }
  | { type: "lens" }
  | { type: "standing" }
  | { type: "help" };

/** The part of a keyboard event that decides. */
export type Stroke = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey"> & {
  target: EventTarget | null;
};

export function playKey(stroke: Stroke): PlayKey | null {
  if (isBusy(stroke)) return null;
  if (/^[1-9]$/.test(stroke.key)) return { type: "arena", number: Number(stroke.key) };
  switch (stroke.key.toLowerCase()) {
    case "c":
      return { type: "cooperate" };
    case "d":
      return { type: "defect" };
    case "enter":
      return isControl(stroke.target) ? null : { type: "ready" };
    case "/":
      return { type: "talk" };
    case "t":
      return { type: "pacts" };
    case "p":
      return { type: "propose" };
    case "m":
      return { type: "move" };
    case "v":
      return { type: "lens" };
    case "s":
      return { type: "standing" };
    case "?":
      return { type: "help" };
    default:
      return null;
  }
}

export function replayKey(stroke: Stroke): ReplayKey | null {
  if (isBusy(stroke)) return null;
  const step = stroke.shiftKey ? "event" : "round";
  switch (stroke.key) {
    case "ArrowLeft":
    case "h":
    case "H":
      return { type: step, by: -1 };
    case "ArrowRight":
    case "l":
    case "L":
      return { type: step, by: 1 };
    case "Home":
    case "ArrowUp":
    case "k":
      return { type: "start" };
    case "End":
    case "ArrowDown":
    case "j":
      return { type: "end" };
    case " ":
      return isControl(stroke.target) ? null : { type: "play" };
    case "[":
      return { type: "speed", by: -1 };
    case "]":
      return { type: "speed", by: 1 };
    case "f":
      return { type: "view" };
    case "v":
      return { type: "lens" };
    case "s":
      return { type: "standing" };
    case "?":
      return { type: "help" };
    default:
      return null;
  }
}

/** Typing, choosing in a list, a dialog, or a browser's own shortcut. */
export function isBusy({ target, ctrlKey, altKey, metaKey }: Stroke): boolean {
  if (ctrlKey || altKey || metaKey) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest("dialog[open], select, textarea, [contenteditable]")) return true;
  const input = target.closest("input");
  return input !== null && !["checkbox", "radio", "range", "button"].includes(input.type);
}

/** Enter and Space belong to a button or link that has the focus. */
function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("button, a, summary, input, [role=tab]") !== null
  );
}
