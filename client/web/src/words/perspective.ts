import type { GameEvent, Position, Seat } from "../wire/types.ts";
import type { NameOf } from "./words.ts";

/** A match as one seat sees it, or nobody's: its log, and the position that it led to. */
export type Perspective = {
  readonly position: Position;
  readonly log: readonly GameEvent[];
  readonly mine: Seat | null;
  readonly nameOf: NameOf;
};
