/** The words of the rules for the client: the wire's shapes, and names for parts of them.
 *
 * `wire.ts` is generated; its first line says how. Times are whole milliseconds on the server's clock.
 */
import type { Action, Bimatrix, Collective, Event as WireEvent, You } from "./wire.ts";

export type * from "./wire.ts";

export const PROTOCOL = 1;
/** The rules that new matches are played by; a test holds it to the server's. */
export const RULES_VERSION: number = 2;

export type Seat = string;
export type PersonId = string;
export type Role = You["role"];
export type StageGame = Bimatrix | Collective;
/** One action an arena, by the arena's name. */
export type Actions = Readonly<Record<string, Action>>;
/** What has happened; never the browser's `Event`. */
export type GameEvent = WireEvent;
