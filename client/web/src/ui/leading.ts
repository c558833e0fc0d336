/** Which part of the table a phone brings to the front when a phase begins. */
import type { Phase } from "../wire/types.ts";
import type { Tab } from "./TabBar.svelte";

/** Where a match stands. hasTalk: whether anything may be said at this table. */
export type Stage = { phase: Phase; round: number; hasTalk: boolean };

/** The part that a phase is about. */
export function partOf({ phase, hasTalk }: Stage): Tab {
  if (phase === "negotiation" && hasTalk) return "talk";
  return phase === "debrief" ? "scores" : "decide";
}

/** Which tab a new phase opens; null to stay: within a phase, and while somebody writes. */
export function leadsTo(before: Stage, now: Stage, isWriting: boolean): Tab | null {
  const isNew = before.phase !== now.phase || before.round !== now.round;
  if (!isNew || isWriting) return null;
  // That the match is over stands where its rounds were revealed.
  return now.phase === "debrief" ? "decide" : partOf(now);
}

const FIELDS = "input:not([type=checkbox], [type=radio], [type=range]), select, textarea";

/** Whether somebody writes within a part of the page: has begun to, is about to, or has a form open. */
export function isWriting(part: Element): boolean {
  const has = (selector: string) => part.querySelector(selector) !== null;
  const isBegun = [...part.querySelectorAll("textarea")].some(({ value }) => value.trim() !== "");
  return isBegun || has("dialog[open]") || (document.activeElement?.matches(FIELDS) ?? false);
}
