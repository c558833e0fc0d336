/** Whether a match is the tutorial, in which each step has a sentence. */
import type { Position } from "../wire/types.ts";

/** Its name and its seats; must agree with `server/guests/tutorial.py`. */
export const TUTORIAL = "tutorial";
const SEATS = "XA XB";

/** An operator's own scenario of that name has other seats. */
export function isTutorial({ scenario: { name, players } }: Pick<Position, "scenario">): boolean {
  return name === TUTORIAL && players.map(({ seat }) => seat).join(" ") === SEATS;
}
