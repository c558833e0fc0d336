/** The reducer: a position and what happened next give the next position.
 *
 * The twin of `game_rules/evolve.py`; shared vectors keep the two alike.
 */
import type { GameEvent, Holder, MatchCreated, Position, Seat } from "./types.ts";

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
    proposals_made: 0,
    pacts: event.scenario.pacts,
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
        proposals: event.round === position.round ? position.proposals : [],
      };
    case "arena_opened":
      return { ...position, arenas: [...position.arenas, event.arena] };
    case "arena_closed":
      return { ...position, arenas: position.arenas.filter(({ name }) => name !== event.arena) };
    case "message_said":
      return { ...position, messages: [...position.messages, event] };
    case "proposal_made":
      return {
        ...position,
        proposals: [
          ...position.proposals,
          { number: event.number, terms: event.terms, accepted: [event.proposer] },
        ],
        proposals_made: position.proposals_made + 1,
      };
    case "proposal_answered":
      return {
        ...position,
        proposals: event.accepts
          ? position.proposals.map((each) =>
              each.number === event.number ? { ...each, accepted: [...each.accepted, event.seat] } : each,
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
      return { ...position, orders: { ...position.orders, [event.seat]: event.actions } };
    case "ready_set":
      return { ...position, ready: { ...position.ready, [event.seat]: event.is_ready } };
    case "round_resolved":
      return {
        ...position,
        history: [...position.history, event],
        totals: mapValues(position.totals, (total, seat) => total + (event.gains[seat] ?? 0)),
        orders: {},
        standing: event.standing,
        pacts: event.pacts,
      };
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
        ready: {},
      };
    default:
      return unknown(event);
  }
}

/** A newer server may say what this page has never heard of; guessing would show a false position. */
function unknown(event: never): never {
  const { type } = event as { type?: string };
  throw new Error(`event ${type} is unknown to this page; reload it`);
}

function hold(position: Position, seat: Seat, given: Partial<Holder>): Position {
  const holder: Holder = { person: null, name: "", is_bot: false, strategy: null, ...given };
  return {
    ...position,
    holders: { ...position.holders, [seat]: holder },
    ready: without(position.ready, seat),
  };
}

function without<V>(record: Readonly<Record<Seat, V>>, seat: Seat): Record<Seat, V> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== seat));
}

function mapValues<V>(
  record: Readonly<Record<Seat, V>>,
  turn: (value: V, seat: Seat) => V,
): Record<Seat, V> {
  return Object.fromEntries(Object.entries(record).map(([seat, value]) => [seat, turn(value, seat)]));
}
