/** Which key means what. Single letters do nothing while somebody types or holds a modifier. */

export type PlayKey =
  | { type: "arena"; number: number }
  | { type: "cooperate" }
  | { type: "defect" }
  | { type: "ready" }
  /** To the next choice that is open; to the card on the right or on the left. */
  | { type: "next" }
  | { type: "turn"; by: 1 | -1 }
  | { type: "talk" }
  | { type: "pacts" }
  | { type: "propose" }
  | { type: "move" }
  | { type: "lens" }
  | { type: "standing" }
  | { type: "help" };

export type ReplayKey =
  | { type: "round"; by: 1 | -1 }
  | { type: "chapter"; by: 1 | -1 }
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

const PLAY: Readonly<Record<string, PlayKey>> = {
  c: { type: "cooperate" },
  d: { type: "defect" },
  enter: { type: "ready" },
  n: { type: "next" },
  arrowright: { type: "turn", by: 1 },
  arrowleft: { type: "turn", by: -1 },
  "/": { type: "talk" },
  t: { type: "pacts" },
  p: { type: "propose" },
  m: { type: "move" },
  v: { type: "lens" },
  s: { type: "standing" },
  "?": { type: "help" },
};

const REPLAY: Readonly<Record<string, ReplayKey>> = {
  Home: { type: "start" },
  ArrowUp: { type: "start" },
  k: { type: "start" },
  End: { type: "end" },
  ArrowDown: { type: "end" },
  j: { type: "end" },
  " ": { type: "play" },
  "[": { type: "speed", by: -1 },
  "]": { type: "speed", by: 1 },
  n: { type: "chapter", by: 1 },
  p: { type: "chapter", by: -1 },
  f: { type: "view" },
  v: { type: "lens" },
  s: { type: "standing" },
  "?": { type: "help" },
};

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, h: -1, ArrowRight: 1, l: 1 };

export function playKey(stroke: Stroke): PlayKey | null {
  if (isBusy(stroke)) return null;
  if (/^[1-9]$/.test(stroke.key)) return { type: "arena", number: Number(stroke.key) };
  const key = PLAY[stroke.key.toLowerCase()] ?? null;
  if (key?.type === "turn") return isSteered(stroke.target) ? null : key;
  return key?.type === "ready" && isControl(stroke.target) ? null : key;
}

export function replayKey(stroke: Stroke): ReplayKey | null {
  if (isBusy(stroke)) return null;
  const by = STEPS[/^[HL]$/.test(stroke.key) ? stroke.key.toLowerCase() : stroke.key];
  if (by !== undefined) return { type: stroke.shiftKey ? "event" : "round", by };
  const key = REPLAY[stroke.key] ?? null;
  return key?.type === "play" && isControl(stroke.target) ? null : key;
}

/** Typing, choosing in a list, a dialog, or a browser's own shortcut. */
export function isBusy({ target, ctrlKey, altKey, metaKey }: Stroke): boolean {
  if (ctrlKey || altKey || metaKey) return true;
  if (!(target instanceof Element)) return false;
  if (target.closest("dialog[open], select, textarea, [contenteditable]")) return true;
  const input = target.closest("input");
  return input !== null && !["checkbox", "radio", "range", "button"].includes(input.type);
}

/** Arrows belong to a group of radio buttons, to tabs, to a slider or a map that has the focus. */
function isSteered(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("input, [role=tab], [role=slider], svg") !== null
  );
}

/** Enter and Space belong to a button or link that has the focus. */
function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest("button, a, summary, input, [role=tab]") !== null
  );
}
