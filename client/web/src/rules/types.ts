/** The shapes of the rules as JSON: what `game_rules.codec` writes. The only place with wire shapes.
 *
 * Dataclasses are objects, tagged by `type` where they stand in a union; enums are their values;
 * times are whole milliseconds on the server's clock.
 */

export type Seat = string;
export type PersonId = string;
export type Action = "C" | "D";
export type Role = "player" | "facilitator" | "observer";
export type Phase = "lobby" | "briefing" | "negotiation" | "decision" | "reveal" | "debrief";
export type Press = "none" | "public" | "full";
export type Domain = "security" | "economic" | "environmental" | "humanitarian";
export type MissingOrder = "repeat" | "defect";
export type PowerMeasure = "cinc" | "lowy" | "military_spending" | "equal";
export type FigureStatus = "read" | "second_hand" | "recalled" | "assumed";
export type OrderSource = "ordered" | "repeated" | "defaulted";
export type Act = "propose" | "promise" | "threaten" | "assure";
export type EndReason = "rounds_played" | "chance" | "facilitator";
export type DeadlineReason = "extended" | "outage";

export interface Corners {
  readonly T: number;
  readonly R: number;
  readonly P: number;
  readonly S: number;
}

export interface Bimatrix {
  readonly type: "bimatrix";
  readonly row: Corners;
  readonly column: Corners;
}

export interface Terms {
  readonly b: number;
  readonly c: number;
  readonly e: number;
  readonly g: number;
  readonly d: number;
  readonly sigma: number;
}

export interface Collective {
  readonly type: "collective";
  readonly weights: readonly number[];
  readonly terms: readonly Terms[];
  readonly theta: number;
}

export type StageGame = Bimatrix | Collective;

export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly year: number | null;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface Player {
  readonly seat: Seat;
  readonly name: string;
  readonly brief: string;
  readonly figures: Readonly<Record<string, Figure>>;
}

export interface Override {
  readonly member: Seat;
  readonly parameter: string;
  readonly value: number;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface Arena {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly domain: Domain;
  readonly members: readonly Seat[];
  readonly game: StageGame;
  readonly exclusive: number;
  readonly overrides: readonly Override[];
}

export interface PhaseSeconds {
  readonly briefing: number;
  readonly negotiation: number;
  readonly decision: number;
  readonly reveal: number;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly briefing: readonly string[];
  readonly questions: readonly string[];
  readonly players: readonly Player[];
  readonly arenas: readonly Arena[];
  readonly rivals: readonly (readonly [Seat, Seat])[];
  readonly rounds: number;
  readonly continuation: number;
  readonly seconds: PhaseSeconds;
  readonly press: Press;
  readonly missing_order: readonly MissingOrder[];
  readonly shows_ready: boolean;
  readonly power: PowerMeasure;
}

export interface MatchCreated {
  readonly type: "match_created";
  readonly rules_version: number;
  readonly scenario: Scenario;
  readonly seed: string | null;
  readonly pace: number | null;
  readonly at_ms: number;
}

export interface SeatTaken {
  readonly type: "seat_taken";
  readonly seat: Seat;
  readonly person: PersonId;
  readonly name: string;
  readonly at_ms: number;
}

export interface BotSeated {
  readonly type: "bot_seated";
  readonly seat: Seat;
  readonly strategy: string | null;
  readonly at_ms: number;
}

export interface SeatVacated {
  readonly type: "seat_vacated";
  readonly seat: Seat;
  readonly at_ms: number;
}

export interface PhaseOpened {
  readonly type: "phase_opened";
  readonly round: number;
  readonly phase: Phase;
  readonly at_ms: number;
  readonly deadline_ms: number | null;
}

export interface MessageSaid {
  readonly type: "message_said";
  readonly round: number;
  readonly sender: Seat | null;
  readonly room: readonly Seat[];
  readonly text: string;
  readonly act: Act | null;
  readonly at_ms: number;
}

export type Actions = Readonly<Record<string, Action>>;

export interface OrderSaved {
  readonly type: "order_saved";
  readonly round: number;
  readonly seat: Seat;
  readonly actions: Actions;
  readonly at_ms: number;
}

export interface ReadySet {
  readonly type: "ready_set";
  readonly round: number;
  readonly phase: Phase;
  readonly seat: Seat;
  readonly is_ready: boolean;
  readonly at_ms: number;
}

export interface ArenaResult {
  readonly arena: string;
  readonly actions: Readonly<Record<Seat, Action>>;
  readonly sources: Readonly<Record<Seat, OrderSource>>;
  readonly payoffs: Readonly<Record<Seat, number>>;
}

export interface RoundResolved {
  readonly type: "round_resolved";
  readonly round: number;
  readonly results: readonly ArenaResult[];
  readonly gains: Readonly<Record<Seat, number>>;
  readonly at_ms: number;
}

export interface MatchPaused {
  readonly type: "match_paused";
  readonly at_ms: number;
}

export interface MatchResumed {
  readonly type: "match_resumed";
  readonly deadline_ms: number | null;
  readonly at_ms: number;
}

export interface DeadlineMoved {
  readonly type: "deadline_moved";
  readonly deadline_ms: number;
  readonly reason: DeadlineReason;
  readonly at_ms: number;
}

export interface MatchEnded {
  readonly type: "match_ended";
  readonly reason: EndReason;
  readonly seed: string;
  readonly at_ms: number;
}

export type GameEvent =
  | MatchCreated
  | SeatTaken
  | BotSeated
  | SeatVacated
  | PhaseOpened
  | MessageSaid
  | OrderSaved
  | ReadySet
  | RoundResolved
  | MatchPaused
  | MatchResumed
  | DeadlineMoved
  | MatchEnded;

export interface Holder {
  readonly person: PersonId | null;
  readonly name: string;
  readonly is_bot: boolean;
  readonly strategy: string | null;
}

/** A match at one point of its log, as far as a viewer knows it. Never changed in place. */
export interface Position {
  readonly scenario: Scenario;
  readonly rules_version: number;
  readonly seed: string | null;
  readonly pace: number | null;
  readonly phase: Phase;
  readonly round: number;
  readonly opened_at_ms: number;
  readonly deadline_ms: number | null;
  readonly paused_at_ms: number | null;
  readonly holders: Readonly<Record<Seat, Holder>>;
  readonly orders: Readonly<Record<Seat, Actions>>;
  readonly ready: Readonly<Record<Seat, boolean>>;
  readonly messages: readonly MessageSaid[];
  readonly history: readonly RoundResolved[];
  readonly totals: Readonly<Record<Seat, number>>;
  readonly end_reason: EndReason | null;
}

export type Command =
  | { type: "take_seat"; seat: Seat; name: string }
  | { type: "leave_seat" }
  | { type: "seat_bot"; seat: Seat; strategy: string }
  | { type: "clear_seat"; seat: Seat }
  | { type: "start_match" }
  | { type: "say"; room: readonly Seat[]; text: string; act: Act | null }
  | { type: "save_order"; round: number; actions: Actions; is_ready: boolean }
  | { type: "set_ready"; round: number; phase: Phase; is_ready: boolean }
  | { type: "pause_match" }
  | { type: "resume_match" }
  | { type: "extend_deadline"; by_ms: number }
  | { type: "skip_phase"; round: number; phase: Phase }
  | { type: "end_match" };

/** What a connection is to its match. */
export interface You {
  readonly role: Role;
  readonly seat: Seat | null;
  readonly person: PersonId | null;
  readonly name: string | null;
}

export const PROTOCOL = 1;

export type ClientFrame =
  | { type: "hello"; protocol: number; token: string; audience: string | null; seq: number }
  | { type: "command"; id: string; command: Command }
  | { type: "ping"; sent_ms: number };

export type ServerFrame =
  | {
      type: "welcome";
      protocol: number;
      audience: string;
      you: You;
      seq: number;
      server_now_ms: number;
    }
  | { type: "events"; seq: number; events: readonly GameEvent[] }
  | { type: "ack"; id: string; seq: number }
  | { type: "refused"; id: string; code: string; message: string }
  | { type: "pong"; sent_ms: number; server_now_ms: number }
  | { type: "presence"; seats: readonly Seat[]; observers: number };

export interface ScenarioCard {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly seats: number;
  readonly rounds: number;
  readonly minutes: number;
  readonly kind: string;
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
