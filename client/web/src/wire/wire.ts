// Generated, do not edit: uv run python -m server.typescript > client/web/src/wire/wire.ts

export interface Ack {
  readonly type: "ack";
  readonly id: string;
  readonly seq: number;
}

export type Act = "propose" | "promise" | "threaten" | "assure";

export type Action = "C" | "D";

export interface AdviceAnswer {
  readonly seat: string;
  readonly advice: readonly ArenaAdvice[];
}

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
  readonly is_alliance?: boolean;
  readonly changes?: readonly TermChange[];
  readonly weights?: Readonly<Record<string, number>>;
}

export interface ArenaAdvice {
  readonly class: GameClass | Familiar | BestResponseClass | ReplyClass | null;
  readonly labelled_class: GameClass;
  readonly row_type: OrdinalType | null;
  readonly column_type: OrdinalType | null;
  readonly name: string | null;
  readonly abbreviation: string | null;
  readonly familiar: string | null;
  readonly family: Family | null;
  readonly best_response_class: BestResponseClass | null;
  readonly greed: number;
  readonly fear: number;
  readonly equilibria: readonly PairChances[] | readonly MemberChances[] | null;
  readonly equilibria_found: number | null;
  readonly equilibrium_sets: readonly PairChances[];
  readonly correlated: MediationDocument | null;
  readonly f_star: string | null;
  readonly delta_star: string | null;
  readonly delta_star_of_all: string | null;
  readonly z_star: number;
  readonly best_reply: BestReply;
  readonly lever: LeverDocument | null;
  readonly levers: readonly LeverDocument[];
  readonly pattern?: PatternDocument;
  readonly people: PeopleDocument | null;
  readonly people_reason: NoPeople | null;
  readonly arena: string;
  readonly steps?: readonly StepDocument[];
  readonly effort?: EffortDocument;
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

export interface Arguments {
  readonly seat?: string | null;
  readonly arena?: string | null;
  readonly action?: Action | null;
  readonly round?: number | null;
  readonly number?: number | null;
  readonly binding?: Binding | null;
  readonly voice?: Voice | null;
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

export interface AverageAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: Averaged | null;
}

export interface Averaged {
  readonly runs: number;
  readonly points: Estimate;
  readonly index: Estimate;
  readonly trust: Estimate;
}

export interface BesideAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: BesideFound | null;
}

export interface BesideFound {
  readonly start: number;
  readonly fell: readonly PathPoint[];
  readonly other: readonly PathPoint[];
  readonly turned: readonly Parting[];
  readonly turns: number;
  readonly points: readonly PointsBeside[];
  readonly told: readonly Difference[];
}

export interface BestReply {
  readonly actions: readonly Action[];
  readonly gain: number | null;
  readonly beliefs: readonly number[];
}

export type BestResponseClass = "null" | "dress" | "ignorance" | "horseplay" | "dominant" | "coordination" | "cycle" | "samaritan" | "hazard" | "safety" | "aidos" | "picnic" | "daredevil" | "fossick" | "heist";

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

export interface Branch {
  readonly match: string;
  readonly code: string;
}

export interface Branched {
  readonly type: "branched";
  readonly trunk: string;
  readonly seq: number;
  readonly deadline_ms: number | null;
  readonly at_ms: number;
  readonly seed: string | null;
  readonly model_from?: number | null;
}

export interface Breach {
  readonly pact: number;
  readonly parties: readonly string[];
  readonly seat: string;
  readonly arena: string;
  readonly forfeited: number;
  readonly is_public: boolean;
}

export type BreachEffect = "win_win" | "selfish" | "altruistic" | "sabotage";

export interface BredMachine {
  readonly start: number;
  readonly states: readonly BredState[];
}

export interface BredState {
  readonly action: Action;
  readonly after: readonly [number, number, number, number];
}

export type Cause = "institution" | "confidence" | "restraint" | "exercise" | "second_source" | "link" | "shadow" | "wary" | "ally_in_crisis" | "in_crisis";

export interface Change {
  readonly figure: Changed;
  readonly arena: string;
  readonly seats: readonly string[];
  readonly before: number | null;
  readonly after: number | null;
}

export type Changed = "q" | "g" | "T" | "b" | "R" | "tension" | "weight" | "delta" | "institution" | "value";

export interface Changes {
  readonly press?: Press | null;
  readonly monitoring?: number | null;
  readonly continuation?: number | null;
  readonly has_advisor?: boolean | null;
  readonly moves?: readonly MoveKind[] | null;
  readonly power?: PowerMeasure | null;
  readonly is_masked?: boolean | null;
}

export interface ClassChange {
  readonly arena: string;
  readonly seat: string;
  readonly before: GameClass | ReplyClass | null;
  readonly after: GameClass | ReplyClass;
}

export interface ClassDebriefAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: ClassDebriefFound | null;
}

export interface ClassDebriefFound {
  readonly page: string;
  readonly left_out: number;
}

export interface ClassOfMatch {
  readonly seminar: string;
  readonly name: string;
  readonly number: number;
  readonly is_rehearsal: boolean;
}

export interface ClearSeat {
  readonly type: "clear_seat";
  readonly seat: string;
}

export interface CloseInject {
  readonly type: "close_inject";
  readonly name: string;
}

export interface CoFacilitator {
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

export interface CommandOutcome {
  readonly match: string;
  readonly ok: boolean;
  readonly is_noted: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

export interface Commands {
  readonly commands: readonly MatchCommand[];
}

export type Concept = "abandonment" | "entrapment" | "crisis" | "spiral" | "fragmentation" | "brink" | "leverage";

export interface Consequences {
  readonly shadow: number;
  readonly tension_of_defection: number;
  readonly relief_of_cooperation: number;
  readonly tension_of_blocs: number;
  readonly strained_tension: number;
  readonly crisis_tension: number;
  readonly wariness: number;
  readonly entrapment: number;
  readonly abandonment: number;
  readonly support: number;
  readonly brink_factor: number;
  readonly stretch_cost: number;
  readonly leverage_cost: number;
  readonly supplier_share: number;
  readonly second_share: number;
  readonly institution_at_start: number;
  readonly institution_memory: number;
  readonly institution_gain: number;
  readonly eased_exposure: number;
  readonly eased_cost: number;
  readonly eased_fog: number;
  readonly faith_of_allies: number;
  readonly least_part: number;
  readonly optimistic_index: number;
  readonly pessimistic_index: number;
}

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

export interface CreatedMatch {
  readonly match: string;
  readonly code: string;
  readonly token: string;
}

export interface DeadlineMoved {
  readonly type: "deadline_moved";
  readonly deadline_ms: number;
  readonly reason: DeadlineReason;
  readonly at_ms: number;
}

export type DeadlineReason = "extended" | "outage";

export interface Deal {
  readonly matches?: number | null;
  readonly is_preview?: boolean;
}

export interface Dealt {
  readonly sizes: readonly number[];
  readonly seats: readonly number[];
  readonly bots: number;
}

export interface DebriefAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: DebriefFound | null;
}

export interface DebriefFound {
  readonly title: string;
  readonly parts: readonly ToldPart[];
  readonly plans: readonly ToldPlan[];
  readonly tables: readonly ToldTable[];
  readonly page: string;
}

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

export interface Difference {
  readonly kind: DifferenceKind;
  readonly fell: number;
  readonly other: number;
  readonly round: number | null;
  readonly seats: readonly string[];
  readonly parting: Parting | null;
  readonly part: IndexPart | null;
  readonly largest: LargestPart | null;
}

export type DifferenceKind = "alike" | "first" | "length" | "index" | "crisis" | "breaches" | "pacts" | "points";

export type Domain = "security" | "economic" | "environmental" | "humanitarian";

export interface DuplicateScore {
  readonly seat: string;
  readonly rounds: number;
  readonly points: number;
  readonly others: number;
  readonly difference: number;
  readonly rank: number;
  readonly of: number;
}

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

export interface EffortDocument {
  readonly price: number;
  readonly is_given_up: boolean;
}

export interface EndMatch {
  readonly type: "end_match";
}

export type EndReason = "rounds_played" | "chance" | "facilitator";

export interface EngageAutopilot {
  readonly type: "engage_autopilot";
  readonly seat: string;
}

export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
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

export type Familiar = "battle_of_the_sexes" | "stag_hunt" | "harmony" | "chicken" | "prisoners_dilemma" | "deadlock" | "matching_pennies" | "constant_sum";

export type Family = "win_win" | "biased" | "second_best" | "unfair" | "tragic" | "cyclic";

export interface Fan {
  readonly round: number;
  readonly runs: number;
  readonly mean: number;
  readonly quantiles: readonly number[];
}

export interface Figure {
  readonly value: number;
  readonly unit: string;
  readonly year: number | null;
  readonly source: string;
  readonly status: FigureStatus;
}

export type FigureStatus = "read" | "second_hand" | "recalled" | "assumed";

export interface Finalists {
  readonly places: readonly number[];
  readonly generations: readonly number[];
  readonly shares: readonly (readonly number[])[];
}

export interface ForecastAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: ForecastFound | null;
}

export interface ForecastFound {
  readonly start: number;
  readonly runs: number;
  readonly shares: readonly number[];
  readonly fans: readonly Fan[];
  readonly chances: Readonly<Record<string, Likelihood>>;
  readonly is_crisis_open: boolean;
}

export interface ForecastSaved {
  readonly type: "forecast_saved";
  readonly round: number;
  readonly seat: string;
  readonly arena: string;
  readonly actions: Readonly<Record<string, Action>>;
  readonly at_ms: number;
}

export interface Forfeit {
  readonly strategy: string;
  readonly place: number;
  readonly match: number;
  readonly turn: number;
  readonly problem: string;
  readonly matches: number;
}

export interface Forgotten {
  readonly name: string;
  readonly matches: readonly string[];
}

export interface Found {
  readonly is_seminar: boolean;
  readonly is_over: boolean;
  readonly is_open_to_link: boolean;
  readonly match: string | null;
  readonly name: string | null;
  readonly scenario: string | null;
  readonly title: string | null;
}

export interface FragileDocument {
  readonly share: number;
  readonly instead: ReplyClass;
}

export type GainLine = "arenas" | "incidents" | "shadow" | "stretch" | "leverage" | "moves" | "pacts";

export type GameClass = "prisoners_dilemma" | "deadlock" | "constant_sum" | "stag_hunt" | "chicken" | "battle_of_the_sexes" | "harmony" | "weak_dilemma" | "weak_deadlock" | "weak_harmony" | "indifference";

export interface Generation {
  readonly best: number;
  readonly mean: number;
}

export interface Ground {
  readonly parameter: string;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface GuestMatch {
  readonly match: string;
  readonly token: string;
  readonly person: string;
  readonly seat: string;
  readonly scenario: string;
  readonly title: string;
}

export interface GuestModel {
  readonly round: number;
  readonly seat: string;
  readonly bots?: Readonly<Record<string, string>>;
  readonly name?: string;
}

export interface GuestModelOfRecord {
  readonly round: number;
  readonly seat: string;
  readonly bots?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly record: string;
}

export interface Health {
  readonly status: string;
  readonly version: string;
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

export type Horizon = "by_chance" | "unravels" | "can_hold" | "no_equilibrium";

export interface HostSecret {
  readonly secret: string;
}

export interface HostToken {
  readonly token: string;
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

export type IndexPart = "cooperation" | "cross_bloc" | "trust" | "autonomy" | "calm";

export interface Influence {
  readonly pair: readonly [string, string];
  readonly of_d: number;
  readonly of_c: number;
  readonly source: string;
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
  readonly inside?: number | null;
}

export interface Invitation {
  readonly secret: string;
}

export interface JoinCode {
  readonly code: string;
}

export interface JoinRequest {
  readonly code: string;
  readonly key?: string | null;
  readonly name: string;
}

export interface Joined {
  readonly match: string | null;
  readonly token: string | null;
  readonly person: string | null;
  readonly seminar: Membership | null;
}

export type Keeps = "all" | "own" | "impressions" | "nothing";

export interface Key {
  readonly key: string;
}

export interface LargestPart {
  readonly arena: string;
  readonly points: number;
  readonly seats: readonly string[];
}

export interface LeadSecret {
  readonly secret: string;
}

export interface Leading {
  readonly match: string | null;
  readonly seminar: string | null;
  readonly code: string;
  readonly token: string;
  readonly name: string;
}

export interface LeaveSeat {
  readonly type: "leave_seat";
}

export interface Led {
  readonly seminar: string;
  readonly code: string;
  readonly token: string;
}

export interface LedModel {
  readonly round: number;
  readonly people: readonly string[];
  readonly bots?: Readonly<Record<string, string>>;
}

export interface LedModelOfRecord {
  readonly round: number;
  readonly people: readonly string[];
  readonly bots?: Readonly<Record<string, string>>;
  readonly record: string;
}

export interface LensParameters {
  readonly k: number;
  readonly lam: number;
  readonly beta: number;
  readonly alpha: number;
  readonly nu: number;
}

export interface LeverDocument {
  readonly class: GameClass | ReplyClass;
  readonly parameter: string;
  readonly now: number;
  readonly change: number;
  readonly is_beyond: boolean;
  readonly direction?: "up" | "down";
}

export interface LibraryAnswer {
  readonly matches: readonly LibraryEntry[];
  readonly next: string | null;
}

export interface LibraryEntry {
  readonly match: string;
  readonly code: string;
  readonly scenario: string;
  readonly title: string;
  readonly created_at_ms: number;
  readonly ended_at_ms: number | null;
  readonly rounds: number;
  readonly round: number;
  readonly phase: Phase;
  readonly is_over: boolean;
  readonly seats: number | null;
  readonly seats_held: number;
  readonly outlook: Outlook | null;
  readonly incidents: readonly Concept[] | null;
  readonly breaches: number | null;
  readonly of_class: ClassOfMatch | null;
  readonly tags: readonly string[];
  readonly problem: string | null;
  readonly model_from: number | null;
}

export interface Likelihood {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Log {
  readonly events: readonly Event[];
  readonly names: Readonly<Record<string, string>> | null;
}

export interface Luck {
  readonly derivation: string;
  readonly key: string;
}

export interface MakeMove {
  readonly type: "make_move";
  readonly round: number;
  readonly move: Move;
}

export interface MatchCard {
  readonly match: string;
  readonly number: number;
  readonly code: string;
  readonly treatment: string | null;
  readonly phase: Phase;
  readonly round: number;
  readonly rounds: number;
  readonly opened_at_ms: number;
  readonly deadline_ms: number | null;
  readonly paused_at_ms: number | null;
  readonly seats: readonly SeatCard[];
  readonly cooperation: readonly number[];
  readonly index: readonly number[];
  readonly news: readonly NewsCard[];
  readonly signed: SignedAct | null;
  readonly undo_to: Moment | null;
  readonly waits_for: readonly number[];
  readonly scores: readonly DuplicateScore[];
  readonly story: readonly StoryItem[];
}

export interface MatchChanges {
  readonly is_open_to_link: boolean;
}

export interface MatchCommand {
  readonly match: string;
  readonly id: string;
  readonly command: Command;
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

export interface MatchDamagedShown {
  readonly type: "match_damaged";
  readonly match: string;
  readonly number: number;
  readonly problem: string;
}

export interface MatchEnded {
  readonly type: "match_ended";
  readonly reason: EndReason;
  readonly seed: string;
  readonly at_ms: number;
}

export interface MatchGone {
  readonly type: "match_gone";
  readonly match: string;
}

export interface MatchLed {
  readonly match: string;
  readonly code: string;
  readonly token: string;
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

export interface MatchShown {
  readonly type: "match";
  readonly card: MatchCard;
}

export interface MatchSummary {
  readonly match: string;
  readonly code: string | null;
  readonly scenario: string;
  readonly title: string;
  readonly created_at_ms: number;
  readonly rounds: number;
  readonly round: number;
  readonly phase: Phase;
  readonly seats_held: number;
  readonly is_over: boolean;
  readonly is_open_to_link: boolean;
  readonly replaced_by: string | null;
  readonly problem: string | null;
  readonly model_of: string | null;
  readonly model_from: number | null;
}

export interface MatchSuperseded {
  readonly type: "match_superseded";
  readonly branch: string;
  readonly at_ms: number;
}

export interface MediationDocument {
  readonly recommendations: readonly Recommended[];
  readonly values: readonly string[];
  readonly mean: string;
  readonly is_exact: boolean;
}

export interface MemberChances {
  readonly members: readonly (readonly string[])[];
}

export interface Membership {
  readonly seminar: string;
  readonly name: string;
  readonly token: string;
  readonly key: string;
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
  readonly sentence?: Sentence | null;
  readonly arguments?: Arguments;
}

export type MissingOrder = "keep_pacts" | "repeat" | "defect";

export interface Model {
  readonly trunk: string;
  readonly round: number;
}

export interface Moment {
  readonly round: number;
  readonly phase: Phase;
}

export interface MomentsAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: MomentsFound | null;
}

export interface MomentsFound {
  readonly weighed: number;
  readonly moments: readonly WeighedChoice[];
  readonly breaches: readonly NamedBreach[];
}

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

export interface MoveOffer {
  readonly move: Move;
  readonly cost: number;
  readonly first_round: number;
  readonly last_round: number | null;
  readonly partners: readonly string[];
  readonly changes: readonly Change[];
  readonly classes: readonly ClassChange[];
}

export interface MovePerson {
  readonly match: string;
  readonly seat?: string | null;
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
  readonly confidence_relief?: number;
  readonly open_factor?: number;
  readonly open_price?: number;
  readonly exercise_factor?: number;
  readonly second_cost?: number;
  readonly second_benefit?: number;
  readonly second_credit?: number;
  readonly link_share?: number;
}

export interface MoveTakenBack {
  readonly type: "move_taken_back";
  readonly round: number;
  readonly seat: string;
  readonly at_ms: number;
}

export interface MovesAnswer {
  readonly seat: string;
  readonly moves: readonly MoveOffer[];
}

export interface NamedBreach {
  readonly round: number;
  readonly seat: string;
  readonly arena: string;
  readonly pact: number;
  readonly effect: BreachEffect;
  readonly own: number;
  readonly others: number;
  readonly is_planned: boolean;
}

export interface NewGuestMatch {
  readonly scenario?: string | null;
  readonly seat?: string | null;
  readonly rivals?: Readonly<Record<string, string>>;
  readonly name?: string;
}

export interface NewMatch {
  readonly scenario: string;
  readonly pace?: number | null;
  readonly seed?: string | null;
  readonly is_open_to_link?: boolean;
  readonly is_repeatable?: boolean;
}

export interface NewNote {
  readonly at: string;
  readonly title: string;
  readonly text: string;
  readonly is_chapter: boolean;
}

export interface NewNotes {
  readonly version: number;
  readonly notes: readonly NewNote[];
}

export interface NewSeminar {
  readonly name: string;
  readonly scenario: string;
  readonly pace?: number | null;
  readonly pairing?: Pairing | null;
  readonly bot?: string;
  readonly treatments?: readonly NewTreatment[];
  readonly is_rehearsal?: boolean;
  readonly is_open_to_link?: boolean;
  readonly is_together?: boolean;
  readonly is_waiting_named?: boolean;
}

export interface NewTournament {
  readonly entrants: readonly string[];
  readonly kind?: "round_robin" | "ecological" | null;
  readonly game?: string | null;
  readonly payoffs?: string | null;
  readonly turns?: number | null;
  readonly continuation?: number | null;
  readonly noise?: number | null;
  readonly repetitions?: number | null;
  readonly seed?: string | null;
  readonly self_play?: boolean | null;
  readonly exact?: boolean | null;
}

export interface NewTreatment {
  readonly name: string;
  readonly changes: Changes;
}

export interface NewsCard {
  readonly name: string;
  readonly title: string;
}

export type NoPeople = "not_a_pair" | "not_a_dilemma" | "not_symmetric" | "known_length" | "no_continuation";

export interface Note {
  readonly at: string;
  readonly title: string;
  readonly text: string;
  readonly is_chapter: boolean;
}

export interface NotesAnswer {
  readonly version: number;
  readonly notes: readonly Note[];
  readonly may_write: boolean;
}

export interface Offer {
  readonly is_open: boolean;
  readonly scenario: string;
  readonly seat: string;
  readonly rounds: number;
}

export interface Offered {
  readonly scenarios: readonly string[];
  readonly tags: readonly string[];
  readonly seats: readonly number[];
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
  readonly ready_in?: Phase | null;
}

export type OrderSource = "ordered" | "repeated" | "defaulted" | "kept" | "executed" | "autopilot" | "facilitator";

export type OrdinalType = "chicken" | "battle" | "hero" | "compromise" | "deadlock" | "prisoners_dilemma" | "stag_hunt" | "assurance" | "coordination" | "peace" | "harmony" | "concord";

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

export interface PairChances {
  readonly row: readonly string[];
  readonly column: readonly string[];
}

export interface PairStart {
  readonly seats: readonly [string, string];
  readonly tension: number;
  readonly source: string;
  readonly status: FigureStatus;
}

export type Pairing = "fixed" | "random" | "round_robin";

export interface Parting {
  readonly round: number;
  readonly seat: string;
  readonly arena: string;
  readonly fell: Action;
  readonly other: Action;
}

export interface PassPen {
  readonly type: "pass_pen";
  readonly person: string;
}

export interface PathPoint {
  readonly round: number;
  readonly index: number;
  readonly cooperation: number;
  readonly totals: Readonly<Record<string, number>>;
}

export interface PatternDocument {
  readonly best_in: number | null;
  readonly cases: number;
  readonly curve: readonly number[] | null;
  readonly tipping_points: readonly TippingDocument[] | null;
  readonly z_is_bound: boolean;
  readonly worst: number | null;
  readonly horizon: Horizon | null;
  readonly quality: number;
  readonly continuation: number;
  readonly no_end_before: number;
  readonly fragile: FragileDocument | null;
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

export interface People {
  readonly type: "people";
  readonly names: Readonly<Record<string, string>>;
}

export interface PeopleDocument {
  readonly first_round: number;
  readonly low: number;
  readonly high: number;
  readonly basin: number;
  readonly delta_rd: number;
}

export interface PeopleShown {
  readonly type: "people";
  readonly people: readonly PersonCard[];
}

export interface PersonCard {
  readonly person: string;
  readonly name: string;
  readonly match: string | null;
  readonly is_here: boolean;
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

export interface Placed {
  readonly match: string | null;
  readonly token: string | null;
}

export interface PlacedShown {
  readonly type: "placed";
  readonly match: string;
}

export interface Player {
  readonly seat: string;
  readonly name: string;
  readonly brief: string;
  readonly figures: Readonly<Record<string, Figure>>;
  readonly kind?: PlayerKind;
  readonly capacity?: number;
  readonly influence?: Influence | null;
  readonly goals?: readonly string[];
}

export type PlayerKind = "state" | "non_state";

export interface Pledge {
  readonly seat: string;
  readonly arena: string;
  readonly action: Action;
}

export interface PointsBeside {
  readonly seat: string;
  readonly fell: number;
  readonly other: number;
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

export interface PopulationPath {
  readonly generations: readonly number[];
  readonly shares: readonly (readonly number[])[];
  readonly inhabitants?: number;
  readonly fixation?: readonly number[];
  readonly grids?: readonly [readonly number[], readonly number[]];
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
  readonly proposals_made: Readonly<Record<string, number>>;
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
  readonly model: Model | null;
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

export interface Ranked {
  readonly strategy: string;
  readonly place: number;
  readonly score: number;
  readonly ci95: readonly [number, number] | null;
  readonly rank: number;
  readonly tied_with: readonly string[];
  readonly tied_places: readonly number[];
  readonly median?: number;
  readonly median_rank?: number;
  readonly cooperation?: number;
  readonly wins?: number;
  readonly matches?: number;
  readonly rating?: Rating;
}

export interface Rating {
  readonly level: number;
  readonly doubt: number;
}

export interface ReadySet {
  readonly type: "ready_set";
  readonly round: number;
  readonly phase: Phase;
  readonly seat: string;
  readonly is_ready: boolean;
  readonly at_ms: number;
}

export interface Reason {
  readonly kind: ReasonKind;
  readonly points: number;
  readonly arena: string | null;
  readonly seats: readonly string[];
  readonly round: number | null;
  readonly count: number;
}

export type ReasonKind = "tipped" | "in_vain" | "greed" | "fear" | "support" | "stake" | "effort" | "crisis" | "answered" | "spared" | "course";

export interface RecommendationGiven {
  readonly type: "recommendation_given";
  readonly round: number;
  readonly arena: string;
  readonly seat: string;
  readonly action: Action;
  readonly at_ms: number;
}

export interface Recommended {
  readonly profile: readonly Action[];
  readonly chance: string;
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

export type ReplyClass = "indifferent" | "prisoners_dilemma" | "constant_sum" | "defect_dominates" | "deadlock" | "harmony" | "volunteers_dilemma" | "stag_hunt" | "chicken" | "battle_of_the_sexes" | "harmony_with_a_gap";

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
  readonly rung?: number;
}

export type Role = "player" | "facilitator" | "observer" | "host" | "clock" | "archive";

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
  readonly lines?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly change?: StandingChange | null;
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

export interface SaySentence {
  readonly type: "say_sentence";
  readonly room: readonly string[];
  readonly sentence: Sentence;
  readonly arguments?: Arguments;
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
  readonly starts?: readonly PairStart[];
  readonly stakes?: Corners | null;
  readonly least_rounds?: number;
  readonly consequences?: Consequences;
}

export interface ScenarioCard {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly seats: number;
  readonly rounds: number;
  readonly minutes: number;
  readonly kind: "scenario" | "game";
}

export interface SeatBot {
  readonly type: "seat_bot";
  readonly seat: string;
  readonly strategy: string;
}

export interface SeatCard {
  readonly seat: string;
  readonly country: string;
  readonly people: readonly Sitter[];
  readonly bot: string | null;
  readonly autopilot: string | null;
  readonly is_ready: boolean;
  readonly is_waited_for: boolean;
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

export interface SeatWaitedFor {
  readonly seat: string;
  readonly country: string;
  readonly names: readonly string[];
}

export interface SeminarCard {
  readonly seminar: string;
  readonly code: string;
  readonly name: string;
  readonly scenario: string;
  readonly title: string;
  readonly seats: number;
  readonly pace: number | null;
  readonly pairing: Pairing | null;
  readonly bot: string;
  readonly treatments: readonly Treatment[];
  readonly created_at_ms: number;
  readonly is_archived: boolean;
  readonly is_rehearsal: boolean;
  readonly is_open_to_link: boolean;
  readonly is_together: boolean;
  readonly is_waiting_named: boolean;
}

export interface SeminarChanges {
  readonly name?: string | null;
  readonly is_archived?: boolean | null;
  readonly is_open_to_link?: boolean | null;
  readonly is_together?: boolean | null;
  readonly is_waiting_named?: boolean | null;
}

export interface SeminarHello {
  readonly type: "hello";
  readonly protocol: number;
  readonly token: string;
}

export interface SeminarShown {
  readonly type: "seminar";
  readonly card: SeminarCard;
}

export interface SeminarWelcome {
  readonly type: "welcome";
  readonly protocol: number;
  readonly role: Role;
  readonly server_now_ms: number;
}

export type Sentence = "greet" | "ask" | "answer" | "promise" | "promise_if" | "offer" | "threaten" | "assure" | "warn" | "accuse" | "thank" | "explain" | "call" | "refuse" | "farewell" | "propose" | "accept" | "decline" | "counter" | "react" | "heard";

export interface SentencePiece {
  readonly text: string;
  readonly is_value: boolean;
  readonly is_number: boolean;
}

export interface SetReady {
  readonly type: "set_ready";
  readonly round: number;
  readonly phase: Phase;
  readonly is_ready: boolean;
}

export interface ShownMatch {
  readonly match: number;
  readonly places: readonly [number, number];
  readonly repetition: number;
  readonly actions: readonly [string, string];
  readonly scores: readonly [number, number];
  readonly payoffs: readonly [readonly number[], readonly number[]];
  readonly faults: readonly string[];
}

export interface Sides {
  readonly row: Corners;
  readonly column: Corners;
}

export interface Sighting {
  readonly observer: string | null;
  readonly result: ArenaResult;
}

export interface SignedAct {
  readonly name: string;
  readonly command: string;
  readonly at_ms: number;
}

export interface Sitter {
  readonly person: string;
  readonly name: string;
  readonly is_here: boolean;
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
  readonly produced?: Readonly<Record<string, number>>;
}

export interface StandingChange {
  readonly rounds: number;
  readonly faith: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;
  readonly affinity: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly dependency: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly rivals: readonly RivalPair[];
  readonly institutions: Readonly<Record<string, number>>;
  readonly norms: Readonly<Record<string, number>>;
  readonly produced: Readonly<Record<string, number>>;
  readonly calm_rounds: number;
  readonly fragmented_rounds: number;
  readonly integration: Integration | null;
  readonly keeps: Keeps;
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

export interface StepDocument {
  readonly parameter: string;
  readonly before: number;
  readonly after: number;
  readonly cause: Cause;
  readonly because: readonly string[];
}

export interface StoryItem {
  readonly kind: StoryKind;
  readonly round: number;
  readonly seats: readonly string[];
  readonly at_ms: number;
}

export type StoryKind = "broken_treaty" | "crisis" | "strong_pact" | "left" | "ended";

export interface StrategyCard {
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly source: string;
  readonly about: string;
}

export interface TableCard {
  readonly match: string;
  readonly number: number;
  readonly phase: Phase;
  readonly round: number;
  readonly rounds: number;
  readonly opened_at_ms: number;
  readonly deadline_ms: number | null;
  readonly paused_at_ms: number | null;
  readonly players: number;
  readonly waited_for: readonly SeatWaitedFor[] | null;
  readonly cooperation: readonly number[];
  readonly index: readonly number[];
  readonly waits_for: readonly number[];
}

export interface TableShown {
  readonly type: "table";
  readonly card: TableCard;
}

export interface TablesWaitedFor {
  readonly type: "class_waits";
  readonly tables: readonly number[];
}

export interface TagChanges {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

export interface Tags {
  readonly tags: readonly string[];
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

export interface TermChange {
  readonly parameter: string;
  readonly cause: Cause;
  readonly seats: readonly string[];
  readonly factor: number;
  readonly added: number;
  readonly because: readonly string[];
}

export interface Terms {
  readonly b: number;
  readonly c: number;
  readonly e: number;
  readonly g: number;
  readonly d: number;
  readonly sigma: number;
}

export interface Tie {
  readonly first: number;
  readonly second: number | null;
  readonly points_first: number;
  readonly points_second: number;
  readonly winner: number;
  readonly is_by_lot: boolean;
}

export interface Ties {
  readonly values: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly unit: string;
  readonly year: number | null;
  readonly source: string;
  readonly status: FigureStatus;
}

export interface TippingDocument {
  readonly belief: number;
  readonly is_c_above: boolean;
}

export interface ToldCell {
  readonly text: string;
  readonly is_number: boolean;
}

export interface ToldPart {
  readonly name: string;
  readonly title: string;
  readonly sentences: readonly ToldSentence[];
}

export interface ToldPlan {
  readonly title: string;
  readonly steps: readonly ToldStep[];
}

export interface ToldRow {
  readonly id: string;
  readonly cells: readonly ToldCell[];
}

export interface ToldSentence {
  readonly pieces: readonly SentencePiece[];
  readonly evidence: readonly string[];
}

export interface ToldStep {
  readonly time: string;
  readonly text: string;
  readonly part: string;
}

export interface ToldTable {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly ToldRow[];
}

export interface Tournament {
  readonly card: TournamentCard;
  readonly document: TournamentDocument | null;
  readonly is_whole: boolean;
}

export interface TournamentCard {
  readonly id: string;
  readonly kind: TournamentKind;
  readonly game: string;
  readonly entrants: number;
  readonly progress: "running" | "stopped" | "finished" | "failed";
  readonly problem: string | null;
  readonly is_hosted: boolean;
  readonly pieces: number;
  readonly pieces_played: number;
  readonly created_at_ms: number;
  readonly finished_at_ms: number | null;
}

export interface TournamentDocument {
  readonly generations?: number;
  readonly graph?: string;
  readonly size?: readonly number[];
  readonly mutation?: number;
  readonly selection?: number;
  readonly update?: string;
  readonly runs?: number;
  readonly imitate?: string;
  readonly caution?: number;
  readonly id: string;
  readonly kind: TournamentKind;
  readonly software_version: string;
  readonly game_name: string;
  readonly rules_version: number;
  readonly seed: string;
  readonly entrants: readonly string[];
  readonly game?: Sides;
  readonly turns?: number | null;
  readonly continuation?: number;
  readonly noise?: number;
  readonly repetitions?: number;
  readonly is_exact?: boolean;
  readonly standings?: readonly Ranked[];
  readonly payoff_matrix?: readonly (readonly (number | null)[])[];
  readonly cooperation_matrix?: readonly (readonly (number | null)[])[];
  readonly score_matrix?: readonly (readonly (number | null)[])[];
  readonly wins_matrix?: readonly (readonly number[])[];
  readonly bradley_terry?: readonly number[];
  readonly quartiles?: readonly (readonly number[])[];
  readonly finalists?: Finalists | null;
  readonly faults?: readonly Forfeit[];
  readonly population?: PopulationPath;
  readonly rounds?: readonly (readonly Tie[])[];
  readonly seats?: readonly string[];
  readonly seasons?: number;
  readonly match_count?: number;
  readonly path?: readonly Generation[];
  readonly best?: BredMachine;
}

export type TournamentKind = "round_robin" | "knockout" | "league" | "moran" | "ecological" | "spatial" | "evolve";

export interface TournamentMatrices {
  readonly payoff_matrix: readonly (readonly (number | null)[])[];
  readonly cooperation_matrix: readonly (readonly (number | null)[])[];
}

export interface Transfer {
  readonly giver: string;
  readonly taker: string;
  readonly points: number;
}

export interface Treatment {
  readonly name: string;
  readonly changes: Changes;
}

export interface TrunkRecord {
  readonly record: string;
}

export interface TurnedChoice {
  readonly round: number;
  readonly seat: string;
  readonly arena: string;
  readonly action: Action;
}

export interface Undo {
  readonly round?: number | null;
  readonly phase?: Phase | null;
}

export type Voice = "realist" | "liberal" | "constructivist";

export interface WaitingShown {
  readonly type: "waiting";
  readonly people: number;
}

export interface WallCard {
  readonly seminar: string;
  readonly code: string;
  readonly name: string;
  readonly scenario: string | null;
  readonly title: string | null;
  readonly is_together: boolean;
  readonly names: readonly string[];
}

export interface WallShown {
  readonly type: "wall";
  readonly card: WallCard;
}

export interface WallToken {
  readonly token: string;
}

export interface Watching {
  readonly match: string;
  readonly token: string;
  readonly person: null;
  readonly seminar: null;
}

export interface WeighedChoice {
  readonly round: number;
  readonly seat: string;
  readonly arena: string;
  readonly action: Action;
  readonly at_once: number;
  readonly later: number;
  readonly regret: number;
  readonly index: number;
  readonly trust: number;
  readonly reason: Reason | null;
  readonly likewise: readonly string[];
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

export interface WhatIfAnswer {
  readonly done: number;
  readonly of: number;
  readonly found: WhatIfFound | null;
}

export interface WhatIfFound {
  readonly choice: WeighedChoice;
  readonly fell: readonly PathPoint[];
  readonly other: readonly PathPoint[];
  readonly turned: readonly TurnedChoice[];
  readonly turns: number;
}

export interface You {
  readonly role: "player" | "facilitator" | "observer";
  readonly seat: string | null;
  readonly person: string | null;
  readonly name: string | null;
}

export type Event = MatchCreated | SeatTaken | BotSeated | SeatVacated | ArenaOpened | ArenaClosed | ArenaChanged | DelegateJoined | DelegateLeft | PenPassed | PersonRemoved | AutopilotEngaged | AutopilotReleased | FacilitatorActed | InjectOpened | InjectClosed | Branched | MatchSuperseded | PhaseOpened | MessageSaid | ProposalMade | ProposalCountered | ProposalAnswered | PactConcluded | OrderSaved | MoveMade | MoveTakenBack | ForecastSaved | RecommendationGiven | ReadySet | RoundResolved | MatchPaused | MatchResumed | DeadlineMoved | MatchEnded;

export type Command = TakeSeat | LeaveSeat | SeatBot | ClearSeat | PassPen | Reseat | RemovePerson | EngageAutopilot | ReleaseAutopilot | OpenInject | CloseInject | OrderFor | StartMatch | Say | SaySentence | Propose | CounterProposal | AnswerProposal | SaveOrder | MakeMove | TakeBackMove | SaveForecast | SetReady | PauseMatch | ResumeMatch | ExtendDeadline | SkipPhase | EndMatch;

export type ClientFrame = Hello | CommandFrame | Ping;

export type ServerFrame = Welcome | Events | Ack | Refused | Pong | People | Presence | TablesWaitedFor;

export type SeminarClientFrame = SeminarHello | Ping;

export type SeminarFrame = SeminarWelcome | WaitingShown | PlacedShown | SeminarShown | MatchShown | MatchDamagedShown | MatchGone | PeopleShown | WallShown | TableShown | Pong;
