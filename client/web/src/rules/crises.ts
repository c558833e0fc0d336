/** Why a crisis pays what it pays this round: the brink, and pacts behind one side. Pure. */
import type { Arena, Corners, Scenario, Seat } from "../wire/types.ts";
import { CRISIS } from "./in-force.ts";

/** What a side gets if nobody yields: as written, after the brink, and with the pacts of both sides.
 * backed: whom a pact that held last round supports more than the other side. */
export type NobodyYields = {
  plain: number;
  together: number;
  own: number;
  isBrink: boolean;
  backed: Seat | null;
};

type Written = Pick<Scenario, "stakes" | "consequences">;

const STAKES: Corners = { T: 1, R: 0, P: -6, S: -2 };
const BRINK_FACTOR = 1.5;

/** What a member of a crisis gets if nobody yields; null of any other arena. */
export function nobodyYields(
  { name, game, members }: Arena,
  seat: Seat,
  { stakes, consequences }: Written,
): NobodyYields | null {
  if (!name.startsWith(CRISIS) || game.type !== "bimatrix") return null;
  const plain = (stakes ?? STAKES).P;
  const factor = consequences?.brink_factor ?? BRINK_FACTOR;
  const [first, second] = [game.row.P, game.column.P];
  const mean = (first + second) / 2; // what supports one side is taken from the other
  const isBrink = mean < (plain * (1 + factor)) / 2;
  const together = isBrink ? plain * factor : plain;
  const backed = first === second ? null : members[first > second ? 0 : 1]!;
  return { plain, together, own: members[0] === seat ? first : second, isBrink, backed };
}
