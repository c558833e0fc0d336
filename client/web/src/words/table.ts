import type { PlaySession } from "../net/play-session.ts";
import type { Reach } from "../rules/reach.ts";
import type { Position, You } from "../wire/types.ts";
import type { NameOf } from "./words.ts";

/** A table as one person sits at it: the match, who they are, and what they may do now. */
export type Table = {
  readonly session: PlaySession;
  readonly position: Position;
  readonly you: You;
  readonly reach: Reach;
  readonly nameOf: NameOf;
};
