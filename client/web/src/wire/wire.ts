// Written by `python -m server.wire.types`; change the Python classes instead.

export interface Ack {
  readonly type: "ack";
  readonly id: string;
  readonly seq: number;
}

export type Act = "propose" | "promise" | "threaten" | "assure";

export type Action = "C" | "D";

export interface AnswerProposal {
  readonly type: "answer_proposal";
  readonly round: number;
  readonly number: number;
  readonly accepts: boolean;
}

export interface Arena {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly domain: Domain;
  readonly members: readonly string[];
  readonly game: Bimatrix | Collective;
  readonly exclusive: number;
  readonly overrides: readonly Override[];
  readonly grounds: readonly Ground[];
}

export interface ArenaChanged {
  readonly type: "arena_changed";
  readonly round: number;
  readonly arena: Arena;
  readonly at_ms: number;
}

export interface ArenaClosed {
  readonly type: "arena_closed";
  readonly round: number;
  readonly arena: string;
  readonly at_ms: number;
}

export interface ArenaOpened {
  readonly type: "arena_opened";
  readonly round: number;
  readonly arena: Arena;
  readonly at_ms: number;
}

export interface ArenaResult {
  readonly arena: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly sources: Readonly<Record<string, OrderSource>>;
  readonly payoffs: Readonly<Record<string, number>>;
}

export interface AutopilotEngaged {
  readonly type: "autopilot_engaged";
  readonly seat: string;
  readonly strategy: string;
  readonly reason: AutopilotReason;
  readonly at_ms: number;
}

export type AutopilotReason = "absent" | "returned" | "facilitator";

export interface AutopilotReleased {
  readonly type: "autopilot_released";
  readonly seat: string;
  readonly reason: AutopilotReason;
  readonly at_ms: number;
}

export interface Bimatrix {
  readonly type: "bimatrix";
  readonly row: Corners;
  readonly column: Corners;
}

export type Binding = "communique" | "treaty" | "escrow" | "executed";

export interface BotSeated {
  readonly type: "bot_seated";
  readonly seat: string;
  readonly strategy: string | null;
  readonly at_ms: number;
}

export interface Branched {
  readonly type: "branched";
  readonly trunk: string;
  readonly seq: number;
  readonly deadline_ms: number | null;
  readonly at_ms: number;
  readonly seed: string | null;
}

export interface Breach {
  readonly pact: number;
  readonly parties: readonly string[];
  readonly seat: string;
  readonly arena: string;
  readonly forfeited: number;
  readonly is_public: boolean;
}

export interface ClearSeat {
  readonly type: "clear_seat";
  readonly seat: string;
}

export interface CloseInject {
  readonly type: "close_inject";
  readonly name: string;
}

export interface Collective {
  readonly type: "collective";
  readonly weights: readonly number[];
  readonly terms: readonly Terms[];
  readonly theta: number;
}

export interface CommandFrame {
  readonly type: "command";
  readonly id: string;
  readonly command: Command;
}

export type Concept = "abandonment" | "entrapment" | "crisis" | "spiral" | "fragmentation";

export interface Corners {
  readonly T: number;
  readonly R: number;
  readonly P: number;
  readonly S: number;
}

export interface CounterProposal {
  readonly type: "counter_proposal";
  readonly round: number;
  readonly number: number;
  readonly terms: PactTerms;
}

export interface DeadlineMoved {
  readonly type: "deadline_moved";
  readonly deadline_ms: number;
  readonly reason: DeadlineReason;
  readonly at_ms: number;
}

export type DeadlineReason = "extended" | "outage";

export interface Delegate {
  readonly person: string;
  readonly name: string;
}

export interface DelegateJoined {
  readonly type: "delegate_joined";
  readonly seat: string;
  readonly person: string;
  readonly name: string;
  readonly at_ms: number;
}

export interface DelegateLeft {
  readonly type: "delegate_left";
  readonly seat: string;
  readonly person: string;
  readonly at_ms: number;
}

export type Domain = "security" | "economic" | "environmental" | "humanitarian";

export interface Effect {
  readonly kind: MoveKind;
  readonly makers: readonly string[];
  readonly arena: string;
  readonly first_round: number;
  readonly last_round: number | null;
  readonly other_arena: string | null;
  readonly members: readonly string[];
  readonly audience: readonly string[];
}

export interface EndMatch {
  readonly type: "end_match";
}

export type EndReason = "rounds_played" | "chance" | "facilitator";

export interface EngageAutopilot {
  readonly type: "engage_autopilot";
  readonly seat: string;
}

export interface Events {
  readonly type: "events";
  readonly seq: number;
  readonly events: readonly Event[];
}

export interface ExtendDeadline {
  readonly type: "extend_deadline";
  readonly by_ms: number;
}

export interface FacilitatorActed {
  readonly type: "facilitator_acted";
  readonly person: string;
  readonly name: string;
  readonly command: string;
  readonly at_ms: number;
}

export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly year: number | null;
  readonly source: string;
  readonly status: FigureStatus;
}

export type FigureStatus = "read" | "second_hand" | "recalled" | "assumed";

export interface ForecastSaved {
  readonly type: "forecast_saved";
  readonly round: number;
  readonly seat: string;
  readonly arena: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly at_ms: number;
}

export interface Ground {
  readonly parameter: string;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface Hello {
  readonly type: "hello";
  readonly protocol: number;
  readonly token: string;
  readonly audience: string | null;
  readonly seq: number;
}

export interface Holder {
  readonly person: string | null;
  readonly name: string;
  readonly is_bot: boolean;
  readonly strategy: string | null;
  readonly delegates: readonly Delegate[];
  readonly autopilot: string | null;
  readonly autopilot_reason: AutopilotReason | null;
}

export interface Incident {
  readonly concept: Concept;
  readonly round: number;
  readonly seats: readonly string[];
  readonly arena: string | null;
  readonly figures: Readonly<Record<string, number>>;
  readonly explanation: string;
  readonly cost: number;
}

export interface Inject {
  readonly name: string;
  readonly title: string;
  readonly text: string;
  readonly rounds: number;
  readonly effects: readonly InjectEffect[];
  readonly round: number | null;
}

export interface InjectClosed {
  readonly type: "inject_closed";
  readonly round: number;
  readonly inject: string;
  readonly at_ms: number;
}

export interface InjectEffect {
  readonly arena: string;
  readonly parameter: string;
  readonly change: number;
  readonly member: string | null;
}

export interface InjectOpened {
  readonly type: "inject_opened";
  readonly round: number;
  readonly inject: Inject;
  readonly first_round: number;
  readonly last_round: number | null;
  readonly at_ms: number;
}

export interface Integration {
  readonly index: number;
  readonly outlook: Outlook;
  readonly cooperation: number;
  readonly cross_bloc: number;
  readonly trust: number;
  readonly autonomy: number;
  readonly calm: number;
}

export interface LeaveSeat {
  readonly type: "leave_seat";
}

export interface LensParameters {
  readonly k: number;
  readonly lam: number;
  readonly beta: number;
  readonly alpha: number;
  readonly nu: number;
}

export interface MakeMove {
  readonly type: "make_move";
  readonly round: number;
  readonly move: Move;
}

export interface MatchCreated {
  readonly type: "match_created";
  readonly rules_version: number;
  readonly scenario: Scenario;
  readonly seed: string | null;
  readonly pace: number | null;
  readonly at_ms: number;
  readonly standing: Standing;
}

export interface MatchEnded {
  readonly type: "match_ended";
  readonly reason: EndReason;
  readonly seed: string;
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

export interface MatchSuperseded {
  readonly type: "match_superseded";
  readonly branch: string;
  readonly at_ms: number;
}

export interface MessageSaid {
  readonly type: "message_said";
  readonly round: number;
  readonly sender: string | null;
  readonly room: readonly string[];
  readonly text: string;
  readonly act: Act | null;
  readonly at_ms: number;
  readonly speaker: string | null;
}

export type MissingOrder = "keep_pacts" | "repeat" | "defect";

export interface Move {
  readonly kind: MoveKind;
  readonly arena: string;
  readonly other_arena: string | null;
  readonly seats: readonly string[];
}

export type MoveKind = "confidence" | "restraint" | "exercise" | "diversify" | "link" | "fund" | "mediation";

export interface MoveMade {
  readonly type: "move_made";
  readonly round: number;
  readonly seat: string;
  readonly move: Move;
  readonly at_ms: number;
}

export interface MoveRules {
  readonly allowed: readonly MoveKind[];
  readonly confidence_quality: number;
  readonly confidence_rounds: number;
  readonly confidence_cost: number;
  readonly restraint_temptation: number;
  readonly restraint_rounds: number;
  readonly restraint_cost: number;
  readonly exercise_benefit: number;
  readonly exercise_rounds: number;
  readonly exercise_tension: number;
  readonly exercise_cost: number;
  readonly diversify_cost: number;
  readonly link_rounds: number;
  readonly link_cost: number;
  readonly fund_cost: number;
}

export interface MoveTakenBack {
  readonly type: "move_taken_back";
  readonly round: number;
  readonly seat: string;
  readonly at_ms: number;
}

export interface OpenInject {
  readonly type: "open_inject";
  readonly inject: Inject;
}

export interface OpenedInject {
  readonly inject: Inject;
  readonly first_round: number;
  readonly last_round: number | null;
  readonly is_closed: boolean;
}

export interface OpenedMove {
  readonly seat: string;
  readonly move: Move;
  readonly cost: number;
  readonly takes_effect: boolean;
  readonly audience: readonly string[];
}

export interface OrderFor {
  readonly type: "order_for";
  readonly seat: string;
  readonly round: number;
  readonly actions: Readonly<Record<string, Action>>;
}

export interface OrderSaved {
  readonly type: "order_saved";
  readonly round: number;
  readonly seat: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly at_ms: number;
  readonly sources: Readonly<Record<string, OrderSource>>;
}

export type OrderSource = "ordered" | "repeated" | "defaulted" | "kept" | "executed" | "autopilot" | "facilitator";

export type Outlook = "optimistic" | "contested" | "pessimistic";

export interface Override {
  readonly member: string;
  readonly parameter: string;
  readonly value: number;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface Pact {
  readonly number: number;
  readonly terms: PactTerms;
  readonly first_round: number;
  readonly last_round: number;
  readonly breakers: readonly string[];
}

export interface PactConcluded {
  readonly type: "pact_concluded";
  readonly round: number;
  readonly pact: Pact;
  readonly at_ms: number;
}

export interface PactTerms {
  readonly parties: readonly string[];
  readonly pledges: readonly Pledge[];
  readonly transfers: readonly Transfer[];
  readonly rounds: number;
  readonly binding: Binding;
  readonly stake: number;
  readonly is_conditional: boolean;
}

export type Pairing = "fixed" | "random" | "round_robin";

export interface PassPen {
  readonly type: "pass_pen";
  readonly person: string;
}

export interface PauseMatch {
  readonly type: "pause_match";
}

export interface PenPassed {
  readonly type: "pen_passed";
  readonly seat: string;
  readonly person: string;
  readonly at_ms: number;
}

export interface PersonRemoved {
  readonly type: "person_removed";
  readonly person: string;
  readonly at_ms: number;
}

export type Phase = "lobby" | "briefing" | "negotiation" | "decision" | "reveal" | "debrief";

export interface PhaseOpened {
  readonly type: "phase_opened";
  readonly round: number;
  readonly phase: Phase;
  readonly at_ms: number;
  readonly deadline_ms: number | null;
}

export interface PhaseSeconds {
  readonly briefing: number;
  readonly negotiation: number;
  readonly decision: number;
  readonly reveal: number;
}

export interface Ping {
  readonly type: "ping";
  readonly sent_ms: number;
}

export interface Player {
  readonly seat: string;
  readonly name: string;
  readonly brief: string;
  readonly figures: Readonly<Record<string, Figure>>;
}

export interface Pledge {
  readonly seat: string;
  readonly arena: string;
  readonly action: Action;
}

export interface Pong {
  readonly type: "pong";
  readonly sent_ms: number;
  readonly server_now_ms: number;
}

export interface Population {
  readonly pairing: Pairing;
  readonly sides: readonly (readonly string[])[];
  readonly arenas: readonly Arena[];
}

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
  readonly holders: Readonly<Record<string, Holder>>;
  readonly orders: Readonly<Record<string, Readonly<Record<string, Action>>>>;
  readonly ready: Readonly<Record<string, boolean>>;
  readonly messages: readonly MessageSaid[];
  readonly history: readonly RoundResolved[];
  readonly totals: Readonly<Record<string, number>>;
  readonly end_reason: EndReason | null;
  readonly arenas: readonly Arena[];
  readonly standing: Standing;
  readonly proposals: readonly Proposal[];
  readonly proposals_made: number;
  readonly pacts: readonly Pact[];
  readonly order_sources: Readonly<Record<string, Readonly<Record<string, OrderSource>>>>;
  readonly injects: readonly OpenedInject[];
  readonly removed: readonly string[];
  readonly trunk: string | null;
  readonly superseded_by: string | null;
  readonly moves: Readonly<Record<string, Move>>;
  readonly effects: readonly Effect[];
  readonly forecasts: readonly ForecastSaved[];
  readonly recommendations: Readonly<Record<string, Readonly<Record<string, Action>>>>;
}

export type PowerMeasure = "cinc" | "lowy" | "military_spending" | "equal";

export interface Presence {
  readonly type: "presence";
  readonly seats: readonly string[];
  readonly observers: number;
}

export type Press = "none" | "public" | "full";

export interface Proposal {
  readonly number: number;
  readonly terms: PactTerms;
  readonly accepted: readonly string[];
}

export interface ProposalAnswered {
  readonly type: "proposal_answered";
  readonly round: number;
  readonly number: number;
  readonly parties: readonly string[];
  readonly seat: string;
  readonly accepts: boolean;
  readonly at_ms: number;
}

export interface ProposalCountered {
  readonly type: "proposal_countered";
  readonly round: number;
  readonly number: number;
  readonly parties: readonly string[];
  readonly seat: string;
  readonly counter: number;
  readonly at_ms: number;
}

export interface ProposalMade {
  readonly type: "proposal_made";
  readonly round: number;
  readonly number: number;
  readonly proposer: string;
  readonly terms: PactTerms;
  readonly at_ms: number;
}

export interface Propose {
  readonly type: "propose";
  readonly round: number;
  readonly terms: PactTerms;
}

export interface ReadySet {
  readonly type: "ready_set";
  readonly round: number;
  readonly phase: Phase;
  readonly seat: string;
  readonly is_ready: boolean;
  readonly at_ms: number;
}

export interface RecommendationGiven {
  readonly type: "recommendation_given";
  readonly round: number;
  readonly arena: string;
  readonly seat: string;
  readonly action: Action;
  readonly at_ms: number;
}

export interface Refused {
  readonly type: "refused";
  readonly id: string;
  readonly code: string;
  readonly message: string;
}

export interface ReleaseAutopilot {
  readonly type: "release_autopilot";
  readonly seat: string;
}

export interface RemovePerson {
  readonly type: "remove_person";
  readonly person: string;
}

export interface Reseat {
  readonly type: "reseat";
  readonly person: string;
  readonly seat: string;
  readonly name?: string;
}

export interface ResumeMatch {
  readonly type: "resume_match";
}

export interface RivalPair {
  readonly seats: readonly [string, string];
  readonly tension: number;
  readonly is_in_crisis: boolean;
  readonly arming_rounds: number;
}

export interface RoundResolved {
  readonly type: "round_resolved";
  readonly round: number;
  readonly results: readonly ArenaResult[];
  readonly gains: Readonly<Record<string, number>>;
  readonly at_ms: number;
  readonly incidents: readonly Incident[];
  readonly standing: Standing;
  readonly sightings: readonly Sighting[];
  readonly breaches: readonly Breach[];
  readonly settlements: Readonly<Record<string, number>>;
  readonly pacts: readonly Pact[];
  readonly moves: readonly OpenedMove[];
  readonly effects: readonly Effect[];
}

export interface SaveForecast {
  readonly type: "save_forecast";
  readonly round: number;
  readonly arena: string;
  readonly actions: Readonly<Record<string, Action>>;
}

export interface SaveOrder {
  readonly type: "save_order";
  readonly round: number;
  readonly actions: Readonly<Record<string, Action>>;
  readonly is_ready?: boolean;
}

export interface Say {
  readonly type: "say";
  readonly room: readonly string[];
  readonly text: string;
  readonly act?: Act | null;
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly briefing: readonly string[];
  readonly questions: readonly string[];
  readonly players: readonly Player[];
  readonly arenas: readonly Arena[];
  readonly rivals: readonly (readonly [string, string])[];
  readonly rounds: number;
  readonly continuation: number;
  readonly seconds: PhaseSeconds;
  readonly press: Press;
  readonly missing_order: readonly MissingOrder[];
  readonly shows_ready: boolean;
  readonly power: PowerMeasure;
  readonly monitoring: number;
  readonly standing: StandingParameters;
  readonly lenses: LensParameters;
  readonly trade: Ties;
  readonly affinity: Ties;
  readonly deck: readonly Inject[];
  readonly pacts: readonly Pact[];
  readonly links: readonly (readonly [string, string])[];
  readonly population: Population | null;
  readonly delegates: number;
  readonly autopilot: string;
  readonly autopilot_after_s: number;
  readonly moves: MoveRules;
  readonly has_advisor: boolean;
  readonly is_masked: boolean;
}

export interface SeatBot {
  readonly type: "seat_bot";
  readonly seat: string;
  readonly strategy: string;
}

export interface SeatTaken {
  readonly type: "seat_taken";
  readonly seat: string;
  readonly person: string;
  readonly name: string;
  readonly at_ms: number;
}

export interface SeatVacated {
  readonly type: "seat_vacated";
  readonly seat: string;
  readonly at_ms: number;
}

export interface SetReady {
  readonly type: "set_ready";
  readonly round: number;
  readonly phase: Phase;
  readonly is_ready: boolean;
}

export interface Sighting {
  readonly observer: string | null;
  readonly result: ArenaResult;
}

export interface SkipPhase {
  readonly type: "skip_phase";
  readonly round: number;
  readonly phase: Phase;
}

export interface Standing {
  readonly rounds: number;
  readonly faith: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  readonly affinity: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly dependency: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly rivals: readonly RivalPair[];
  readonly institutions: Readonly<Record<string, number>>;
  readonly norms: Readonly<Record<string, number>>;
  readonly calm_rounds: number;
  readonly fragmented_rounds: number;
  readonly integration: Integration | null;
}

export interface StandingParameters {
  readonly trust_memory: number;
  readonly defection_weight: number;
  readonly breach_weight: number;
  readonly dependency_memory: number;
  readonly supplier_share: number;
  readonly letdown_cost: number;
  readonly tension_memory: number;
  readonly tension_of_defection: number;
  readonly relief_of_cooperation: number;
  readonly crisis_tension: number;
  readonly spiral_rounds: number;
  readonly fragmented_share: number;
  readonly fragmented_rounds: number;
  readonly institution_memory: number;
  readonly norm_memory: number;
  readonly affinity_of_mutual: number;
  readonly affinity_of_betrayal: number;
  readonly optimistic_index: number;
  readonly pessimistic_index: number;
  readonly calm_rounds: number;
  readonly count_at_start: number;
  readonly tension_at_start: number;
  readonly institution_at_start: number;
  readonly norm_at_start: number;
  readonly affinity_of_rivals: number;
  readonly affinity_of_partners: number;
}

export interface StartMatch {
  readonly type: "start_match";
}

export interface TakeBackMove {
  readonly type: "take_back_move";
  readonly round: number;
}

export interface TakeSeat {
  readonly type: "take_seat";
  readonly seat: string;
  readonly name: string;
}

export interface Terms {
  readonly b: number;
  readonly c: number;
  readonly e: number;
  readonly g: number;
  readonly d: number;
  readonly sigma: number;
}

export interface Ties {
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly unit: string;
  readonly year: number | null;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface Transfer {
  readonly giver: string;
  readonly taker: string;
  readonly points: number;
}

export interface Welcome {
  readonly type: "welcome";
  readonly protocol: number;
  readonly match: string;
  readonly audience: string;
  readonly you: You;
  readonly seq: number;
  readonly server_now_ms: number;
}

export interface You {
  readonly role: "player" | "facilitator" | "observer";
  readonly seat: string | null;
  readonly person: string | null;
  readonly name: string | null;
}

export type Event = MatchCreated | SeatTaken | BotSeated | SeatVacated | ArenaOpened | ArenaClosed | ArenaChanged | DelegateJoined | DelegateLeft | PenPassed | PersonRemoved | AutopilotEngaged | AutopilotReleased | FacilitatorActed | InjectOpened | InjectClosed | Branched | MatchSuperseded | PhaseOpened | MessageSaid | ProposalMade | ProposalCountered | ProposalAnswered | PactConcluded | OrderSaved | MoveMade | MoveTakenBack | ForecastSaved | RecommendationGiven | ReadySet | RoundResolved | MatchPaused | MatchResumed | DeadlineMoved | MatchEnded;

export type Command = TakeSeat | LeaveSeat | SeatBot | ClearSeat | PassPen | Reseat | RemovePerson | EngageAutopilot | ReleaseAutopilot | OpenInject | CloseInject | OrderFor | StartMatch | Say | Propose | CounterProposal | AnswerProposal | SaveOrder | MakeMove | TakeBackMove | SaveForecast | SetReady | PauseMatch | ResumeMatch | ExtendDeadline | SkipPhase | EndMatch;

export type ClientFrame = Hello | CommandFrame | Ping;

export type ServerFrame = Welcome | Events | Ack | Refused | Pong | Presence;
