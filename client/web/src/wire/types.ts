/** The words of the rules for the client: the wire's shapes, and names for parts of them.
 *
 * `wire.ts` is written from the Python classes. Times are whole milliseconds on the server's clock.
 */
import type { Action, Bimatrix, Collective, Event as WireEvent, Phase, You } from "./wire.ts";

export type * from "./wire.ts";

export const PROTOCOL = 1;

export type Seat = string;
export type PersonId = string;
export type Role = You["role"];
export type StageGame = Bimatrix | Collective;
/** One action an arena, by the arena's name. */
export type Actions = Readonly<Record<string, Action>>;
/** What has happened; never the browser's `Event`. */
export type GameEvent = WireEvent;

export interface ScenarioCard {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly seats: number;
  readonly rounds: number;
  readonly minutes: number;
  readonly kind: "scenario" | "game";
}

export interface StrategyCard {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly source: string;
  readonly about: string;
}

export interface MatchSummary {
  readonly match: string;
  readonly code?: string | null;
  readonly scenario: string;
  readonly title: string;
  readonly phase: Phase;
  readonly round: number;
  readonly rounds: number;
  readonly created_at_ms: number;
  readonly seats_held: number;
  readonly is_over: boolean;
}
