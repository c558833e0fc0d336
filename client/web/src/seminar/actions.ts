/** What a facilitator does to a match, as commands; null where it could do nothing. */
import type { Command, MatchCard } from "../wire/types.ts";

export const EXTEND_MS = 60_000;

export function isRunning({ phase }: MatchCard): boolean {
  return phase !== "lobby" && phase !== "debrief";
}

/** All tables have ended, and at one of them a round was played. */
export function haveDebrief(cards: readonly MatchCard[]): boolean {
  return (
    cards.every(({ phase }) => phase === "debrief") && cards.some(({ index }) => index.length > 0)
  );
}

export function isPaused(card: MatchCard): boolean {
  return card.paused_at_ms !== null;
}

export function start(card: MatchCard): Command | null {
  return card.phase === "lobby" ? { type: "start_match" } : null;
}

export function pause(card: MatchCard): Command | null {
  return isRunning(card) && !isPaused(card) ? { type: "pause_match" } : null;
}

export function resume(card: MatchCard): Command | null {
  return isRunning(card) && isPaused(card) ? { type: "resume_match" } : null;
}

export function extend(card: MatchCard): Command | null {
  const isOpen = isRunning(card) && !isPaused(card) && card.deadline_ms !== null;
  return isOpen ? { type: "extend_deadline", by_ms: EXTEND_MS } : null;
}

/** The phase is named, so that two clicks, or two facilitators, end one. */
export function skip(card: MatchCard): Command | null {
  const isOpen = isRunning(card) && !isPaused(card);
  return isOpen ? { type: "skip_phase", round: card.round, phase: card.phase } : null;
}

/** How many seats may still be choosing where a decision would be ended. */
export function undecided(cards: readonly MatchCard[]): number {
  return cards
    .filter((card) => card.phase === "decision" && skip(card) !== null)
    .reduce((sum, { seats }) => sum + seats.filter((seat) => seat.is_waited_for).length, 0);
}

/** End the phases that were open when it was asked; what opened since was not meant. */
export function skipAsked(asked: readonly MatchCard[]): (card: MatchCard) => Command | null {
  return (card) => {
    const was = asked.find(({ number }) => number === card.number);
    return was && was.phase === card.phase && was.round === card.round ? skip(card) : null;
  };
}

export function end(card: MatchCard): Command | null {
  return card.phase === "debrief" ? null : { type: "end_match" };
}

/** Orders are entered for seats while people choose. */
export function mayOrder(card: MatchCard): boolean {
  return !isPaused(card) && (card.phase === "negotiation" || card.phase === "decision");
}

/** Pause where any of these matches runs, else resume. */
export function pauseOrResume(card: MatchCard, all: readonly MatchCard[]): Command | null {
  return all.some((one) => pause(one) !== null) ? pause(card) : resume(card);
}

/** Whether a phase was to be ended that is over by now; the one that follows was not meant. */
export function isOvertaken(meant: Command | null, command: Command): boolean {
  if (meant?.type !== "skip_phase" || command.type !== "skip_phase") return false;
  return meant.round !== command.round || meant.phase !== command.phase;
}

/** Whether a card shows what a command did to it as it was. What changes no card is shown at once. */
export function isShown(command: Command, was: MatchCard, card: MatchCard): boolean {
  switch (command.type) {
    case "start_match":
    case "skip_phase":
    case "end_match":
      return card.phase !== was.phase || card.round !== was.round;
    case "pause_match":
    case "resume_match":
      return isPaused(card) !== isPaused(was);
    case "extend_deadline":
      return card.deadline_ms !== was.deadline_ms;
    default:
      return true;
  }
}
