/** The clock as words and figures; the server alone decides what is late. */

/** What is left, rounded down to whole seconds; null where no deadline runs. */
export function secondsLeft(
  deadlineMs: number | null,
  pausedAtMs: number | null,
  nowMs: number,
): number | null {
  if (deadlineMs === null) return null;
  return Math.max(Math.floor((deadlineMs - (pausedAtMs ?? nowMs)) / 1000), 0);
}

/** Minutes and seconds, as on a chess clock. */
export function clockFace(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The moments that are spoken: a countdown read out every second would drown all else. */
const SPOKEN_SECONDS: readonly number[] = [60, 30, 10, 5];

/** The spoken moment that was passed between two looks at the clock, if any. */
export function spokenBetween(before: number | null, after: number | null): number | null {
  if (before === null || after === null || after >= before) return null;
  return SPOKEN_SECONDS.findLast((moment) => before > moment && after <= moment) ?? null;
}

/** Whether one of the last five seconds began between two looks at the clock. */
export function isLastSecond(before: number | null, after: number | null): boolean {
  return before !== null && after !== null && after < before && after > 0 && after <= 5;
}
