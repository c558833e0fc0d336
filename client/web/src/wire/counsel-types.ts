/** What the house works out for a seat, as HTTP answers it; see docs/protocol.md. */
import type { GameClass } from "./game-class.ts";
import type { Action, Move, Seat } from "./types.ts";

/** Chances of C and D, as text that reads back exactly: "1/2", or a decimal. */
export type Chances = readonly [string, string];
export type Equilibrium =
  { readonly row: Chances; readonly column: Chances } | { readonly members: readonly Chances[] };

export interface Lever {
  readonly parameter: string;
  readonly now: number;
  readonly change: number;
  readonly is_beyond: boolean;
  readonly class: GameClass;
}

/** The advisor's words on one arena, as `detente advise --json` has them. */
export interface Advice {
  readonly arena: string;
  readonly class: GameClass;
  readonly greed: number;
  readonly fear: number;
  readonly equilibria: readonly Equilibrium[] | null;
  readonly equilibria_found: number | null;
  readonly f_star: string | null;
  readonly delta_star: string | null;
  readonly z_star: number;
  readonly best_reply: {
    readonly actions: readonly Action[];
    readonly gain: number | null;
    readonly beliefs: readonly number[];
  };
  readonly lever: Lever | null;
}

export type Figure =
  "q" | "g" | "T" | "b" | "R" | "tension" | "weight" | "delta" | "institution" | "value" | "value";

/** A figure without the move and with it; null where there is none, or it is not known. */
export interface Change {
  readonly figure: Figure;
  readonly arena: string;
  readonly seats: readonly Seat[];
  readonly before: number | null;
  readonly after: number | null;
}

export interface ClassChange {
  readonly arena: string;
  readonly seat: Seat;
  readonly before: GameClass | null;
  readonly after: GameClass;
}

/** A move that a seat may make, its cost in points, and what it would change. */
export interface MoveOffer {
  readonly move: Move;
  readonly cost: number;
  readonly first_round: number;
  readonly last_round: number | null;
  readonly partners: readonly Seat[];
  readonly changes: readonly Change[];
  readonly classes: readonly ClassChange[];
}
