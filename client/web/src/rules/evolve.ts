/** The reducer: a position and what happened next give the next position.
 *
 * The twin of `game_rules/log/evolve.py`; shared vectors keep the two alike.
 */
import { changed } from "./standing-change.ts";
import type {
  Delegate,
  ForecastSaved,
  GameEvent,
  Holder,
  MatchCreated,
  OrderSaved,
  PersonId,
  Position,
  Seat,
} from "../wire/types.ts";

/** Play a log, or a part of one, into a position; null only for an empty one. */
export function fold(events: Iterable<GameEvent>, start: Position | null = null): Position | null {
  let position = start;
  for (const event of events) position = evolve(position, event);
  return position;
}

/** Give the position after an event. Throws if a log does not begin with `match_created`. */
export function evolve(position: Position | null, event: GameEvent): Position {
  if (event.type === "match_created") return begin(event);
  if (position === null) throw new Error(`${event.type} cannot be the first event of a log`);
  return change(position, event);
}

function begin(event: MatchCreated): Position {
  return {
    scenario: event.scenario,
    rules_version: event.rules_version,
    seed: event.seed,
    pace: event.pace,
    phase: "lobby",
    round: 0,
    opened_at_ms: event.at_ms,
    deadline_ms: null,
    paused_at_ms: null,
    holders: {},
    orders: {},
    ready: {},
    messages: [],
    history: [],
    totals: Object.fromEntries(event.scenario.players.map((player) => [player.seat, 0])),
    end_reason: null,
    arenas: event.scenario.arenas,
    standing: event.standing,
    proposals: [],
    proposals_made: {},
    pacts: event.scenario.pacts,
    order_sources: {},
    injects: [],
    removed: [],
    trunk: null,
    superseded_by: null,
    moves: {},
    effects: [],
    forecasts: [],
    recommendations: {},
    model: null,
  };
}

function change(position: Position, event: Exclude<GameEvent, MatchCreated>): Position {
  switch (event.type) {
    case "seat_taken":
      return hold(position, event.seat, { person: event.person, name: event.name });
    case "bot_seated":
      return hold(position, event.seat, { is_bot: true, strategy: event.strategy });
    case "seat_vacated":
      return {
        ...position,
        holders: without(position.holders, event.seat),
        ready: without(position.ready, event.seat),
      };
    case "phase_opened":
      return {
        ...position,
        phase: event.phase,
        round: event.round,
        opened_at_ms: event.at_ms,
        deadline_ms: event.deadline_ms,
        ready: {},
        orders: event.round === position.round ? position.orders : {},
        order_sources: event.round === position.round ? position.order_sources : {},
        proposals: event.round === position.round ? position.proposals : [],
        moves: event.round === position.round ? position.moves : {},
      };
    case "arena_opened":
      return { ...position, arenas: [...position.arenas, event.arena] };
    case "arena_closed":
      return { ...position, arenas: position.arenas.filter(({ name }) => name !== event.arena) };
    case "arena_changed":
      return {
        ...position,
        arenas: position.arenas.map((each) =>
          each.name === event.arena.name ? event.arena : each,
        ),
      };
    case "delegate_joined":
      return holdOn(position, event.seat, ({ delegates }) => ({
        delegates: [...delegates, { person: event.person, name: event.name }],
      }));
    case "delegate_left":
      return holdOn(position, event.seat, ({ delegates }) => ({
        delegates: delegates.filter(({ person }) => person !== event.person),
      }));
    case "pen_passed":
      return holdOn(position, event.seat, (holder) => passed(holder, event.person));
    case "person_removed":
      return { ...position, removed: [...position.removed, event.person] };
    case "autopilot_engaged":
      return holdOn(position, event.seat, () => ({
        autopilot: event.strategy,
        autopilot_reason: event.reason,
      }));
    case "autopilot_released":
      return holdOn(position, event.seat, () => ({ autopilot: null, autopilot_reason: null }));
    case "facilitator_acted":
      return position;
    case "inject_opened": {
      const { inject, first_round, last_round } = event;
      return {
        ...position,
        injects: [...position.injects, { inject, first_round, last_round, is_closed: false }],
      };
    }
    case "inject_closed":
      return {
        ...position,
        injects: position.injects.map((each) =>
          each.inject.name === event.inject ? { ...each, is_closed: true } : each,
        ),
      };
    case "branched": {
      const from = event.model_from ?? null;
      return {
        ...position,
        trunk: event.trunk,
        model: from === null ? position.model : { trunk: event.trunk, round: from },
        pace: from === null ? position.pace : null,
        seed: event.seed ?? position.seed,
        deadline_ms: event.deadline_ms,
        paused_at_ms: event.at_ms,
        ready: {},
      };
    }
    case "match_superseded":
      return { ...position, superseded_by: event.branch };
    case "message_said":
      return { ...position, messages: [...position.messages, event] };
    case "proposal_made":
      return {
        ...position,
        proposals: [
          ...position.proposals,
          { number: event.number, terms: event.terms, accepted: [event.proposer] },
        ],
        proposals_made: {
          ...position.proposals_made,
          [event.proposer]: (position.proposals_made[event.proposer] ?? 0) + 1,
        },
      };
    case "proposal_countered":
      return {
        ...position,
        proposals: position.proposals.filter(({ number }) => number !== event.number),
      };
    case "proposal_answered":
      return {
        ...position,
        proposals: event.accepts
          ? position.proposals.map((each) =>
              each.number === event.number
                ? { ...each, accepted: [...each.accepted, event.seat] }
                : each,
            )
          : position.proposals.filter(({ number }) => number !== event.number),
      };
    case "pact_concluded":
      return {
        ...position,
        proposals: position.proposals.filter(({ number }) => number !== event.pact.number),
        pacts: [...position.pacts, event.pact],
      };
    case "order_saved":
      return {
        ...position,
        orders: { ...position.orders, [event.seat]: event.actions },
        order_sources: sourcesAfter(position, event),
        ready: event.ready_in ? { ...position.ready, [event.seat]: true } : position.ready,
      };
    case "move_made":
      return { ...position, moves: { ...position.moves, [event.seat]: event.move } };
    case "move_taken_back":
      return { ...position, moves: without(position.moves, event.seat) };
    case "forecast_saved":
      return { ...position, forecasts: forecastsWith(position, event) };
    case "recommendation_given": {
      const told = { ...position.recommendations[event.seat], [event.arena]: event.action };
      return { ...position, recommendations: { ...position.recommendations, [event.seat]: told } };
    }
    case "ready_set":
      return { ...position, ready: { ...position.ready, [event.seat]: event.is_ready } };
    case "round_resolved": {
      const standing = event.change ? changed(position.standing, event.change) : event.standing;
      return {
        ...position,
        history: [...position.history, event.change ? { ...event, standing } : event],
        totals: mapValues(position.totals, (total, seat) => total + (event.gains[seat] ?? 0)),
        orders: {},
        order_sources: {},
        standing,
        pacts: event.pacts,
        moves: {},
        effects: event.effects,
        recommendations: {},
      };
    }
    case "match_paused":
      return { ...position, paused_at_ms: event.at_ms };
    case "match_resumed":
      return { ...position, paused_at_ms: null, deadline_ms: event.deadline_ms };
    case "deadline_moved":
      return { ...position, deadline_ms: event.deadline_ms };
    case "match_ended":
      return {
        ...position,
        phase: "debrief",
        opened_at_ms: event.at_ms,
        deadline_ms: null,
        paused_at_ms: null,
        seed: event.seed,
        end_reason: event.reason,
        orders: {},
        order_sources: {},
        moves: {},
        recommendations: {},
        ready: {},
      };
    default:
      return unknown(event);
  }
}

/** One forecast a seat, round and arena: the latest, unless it is empty. */
function forecastsWith({ forecasts }: Position, event: ForecastSaved): readonly ForecastSaved[] {
  const others = forecasts.filter(
    ({ round, seat, arena }) =>
      round !== event.round || seat !== event.seat || arena !== event.arena,
  );
  return Object.keys(event.actions).length > 0 ? [...others, event] : others;
}

/** A newer server may say what this page has never heard of; guessing would show a false position. */
function unknown(event: never): never {
  const { type } = event as { type?: string };
  throw new Error(`event ${type} is unknown to this page; reload it`);
}

function hold(position: Position, seat: Seat, given: Partial<Holder>): Position {
  const holder: Holder = { ...NOBODY, ...given };
  return {
    ...position,
    holders: { ...position.holders, [seat]: holder },
    ready: without(position.ready, seat),
  };
}

const NOBODY: Holder = {
  person: null,
  name: "",
  is_bot: false,
  strategy: null,
  delegates: [],
  autopilot: null,
  autopilot_reason: null,
};

/** Change who shares a seat, or who plays for it; what it said stands. */
function holdOn(
  position: Position,
  seat: Seat,
  turn: (holder: Holder) => Partial<Holder>,
): Position {
  const holder = position.holders[seat]!;
  return { ...position, holders: { ...position.holders, [seat]: { ...holder, ...turn(holder) } } };
}

function passed(holder: Holder, to: PersonId): Partial<Holder> {
  const people: Delegate[] = [{ person: holder.person!, name: holder.name }, ...holder.delegates];
  const first = people.find(({ person }) => person === to)!;
  return { ...first, delegates: people.filter(({ person }) => person !== to) };
}

function sourcesAfter(
  position: Position,
  { seat, sources }: OrderSaved,
): Position["order_sources"] {
  const known = position.order_sources;
  const isPlain = Object.keys(sources).length === 0 && !(seat in known);
  return isPlain ? known : { ...known, [seat]: sources };
}

function without<V>(record: Readonly<Record<Seat, V>>, seat: Seat): Record<Seat, V> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== seat));
}

function mapValues<V>(
  record: Readonly<Record<Seat, V>>,
  turn: (value: V, seat: Seat) => V,
): Record<Seat, V> {
  return Object.fromEntries(
    Object.entries(record).map(([seat, value]) => [seat, turn(value, seat)]),
  );
}
