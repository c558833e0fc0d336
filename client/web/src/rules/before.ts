/** The position in which a round's orders were opened: its arenas, pacts and forecasts. Pure. */
import type { GameEvent, Position, RoundResolved } from "../wire/types.ts";
import { fold } from "./evolve.ts";

const seen = new WeakMap<GameEvent, Position>();

/** What map and scores tell until the choices of a reveal have turned: the position before it. */
export function beforeReveal(log: readonly GameEvent[], position: Position): Position {
  const last = position.history.at(-1);
  return (last && positionBefore(log, last)) ?? position;
}

/** Keep a position in which a round's orders were opened, where a whole log is folded anyway. */
export function keepBefore(reveal: GameEvent, position: Position): void {
  seen.set(reveal, position);
}

/** Fold a log up to the reveal of a round, once; null where the log does not hold that reveal. */
export function positionBefore(
  log: readonly GameEvent[],
  { round }: Pick<RoundResolved, "round">,
): Position | null {
  const at = log.findLastIndex((event) => event.type === "round_resolved" && event.round === round);
  const event = log[at];
  if (event === undefined) return null;
  const known = seen.get(event);
  if (known !== undefined) return known;
  const position = fold(log.slice(0, at));
  if (position !== null) seen.set(event, position);
  return position;
}
