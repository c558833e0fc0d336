/** How long to wait before trying again: full jitter, so that a class does not return as one. */

const SHORTEST_MS = 250;
const LONGEST_MS = 10_000;

/** attempt counts from 0; random gives a number in [0, 1). */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(SHORTEST_MS * 2 ** attempt, LONGEST_MS);
  return Math.max(random() * ceiling, SHORTEST_MS / 5);
}
