/** The pledge audit: what was promised, what was meant, what was expected, what was done.
 *
 * A fold over a log. Drafts and forecasts are private while a match runs, so only a finished
 * match's log, or a seat's own view of it, holds them; what is not known stays empty.
 */
import { judged, type Verdict } from "./ledger.ts";
import type {
  Action,
  ForecastSaved,
  ArenaResult,
  GameEvent,
  MessageSaid,
  OrderSaved,
  OrderSource,
  Pact,
  RoundResolved,
  Seat,
} from "../wire/types.ts";

/** A pledge of a pact, or words that were tagged as a promise or an assurance. */
type Promised = { by: "pact"; pact: Pact; action: Action } | { by: "words"; message: MessageSaid };
/** What somebody expected another seat to do. */
type Guess = { seat: Seat; action: Action };
/** What a seat did in an arena. drafts: its choices there in that round, as it saved them. */
type Deed = {
  arena: string;
  drafts: readonly Action[];
  expected: readonly Guess[];
  done: Action | null;
  source: OrderSource | null;
};
export type AuditRow = {
  round: number;
  seat: Seat;
  promised: Promised;
  /** One deed for a pledge; for words, one an arena that speaker and listeners share. */
  deeds: readonly Deed[];
  /** Whether a pledge was kept; words are for people to judge. */
  verdict: Verdict | null;
};

type Round = {
  drafts: Map<Seat, OrderSaved[]>;
  said: MessageSaid[];
  forecasts: Map<string, ForecastSaved>;
};

/** Audit a log: rows by round, pledges before words. */
export function auditOf(log: readonly GameEvent[]): AuditRow[] {
  const pacts = new Map<number, Pact>();
  const rows: AuditRow[] = [];
  let open: Round = newRound();
  for (const event of log) {
    if (event.type === "pact_concluded") pacts.set(event.pact.number, event.pact);
    else if (event.type === "order_saved")
      open.drafts.set(event.seat, [...(open.drafts.get(event.seat) ?? []), event]);
    else if (event.type === "forecast_saved")
      open.forecasts.set(`${event.seat} ${event.arena}`, event);
    else if (event.type === "message_said" && isPromise(event)) open.said.push(event);
    else if (event.type === "round_resolved") {
      rows.push(...pledged(event, pacts, open), ...said(event, open));
      for (const pact of event.pacts) pacts.set(pact.number, pact);
      open = newRound();
    }
  }
  return rows;
}

function newRound(): Round {
  return { drafts: new Map(), said: [], forecasts: new Map() };
}

/** Words that another seat heard; what was said to the facilitator alone binds nobody. */
export function isPromise({ act, sender, room }: MessageSaid): boolean {
  const isHeard = room.length === 0 || room.some((seat) => seat !== sender);
  return sender !== null && isHeard && (act === "promise" || act === "assure");
}

function pledged(
  resolved: RoundResolved,
  pacts: ReadonlyMap<number, Pact>,
  open: Round,
): AuditRow[] {
  return [...pacts.values()].flatMap((pact) =>
    judged(pact, resolved).map(({ pledge: { seat, action }, result, verdict }) => ({
      round: resolved.round,
      seat,
      promised: { by: "pact", pact, action } as const,
      deeds: [deedOf(result, seat, open)],
      verdict,
    })),
  );
}

function said(resolved: RoundResolved, open: Round): AuditRow[] {
  return open.said.map((message) => ({
    round: resolved.round,
    seat: message.sender!,
    promised: { by: "words", message },
    deeds: resolved.results
      .filter((result) => concerns(result, message))
      .map((result) => deedOf(result, message.sender!, open)),
    verdict: null,
  }));
}

/** A sentence is about the arena it names; a text to everyone about all the speaker's arenas, in a
 *  room about those shared there.
 */
function concerns({ arena, actions }: ArenaResult, { sender, room, arguments: of }: MessageSaid) {
  if (actions[sender!] === undefined) return false;
  if (of?.arena != null) return of.arena === arena;
  const listeners = room.filter((seat) => seat !== sender);
  return listeners.length === 0 || listeners.some((seat) => actions[seat] !== undefined);
}

/** What the others noted that they expected of a seat. */
function expectedOf(arena: string, seat: Seat, { forecasts }: Round): Guess[] {
  return [...forecasts.values()].flatMap((forecast) => {
    const action =
      forecast.arena === arena && forecast.seat !== seat ? forecast.actions[seat] : undefined;
    return action ? [{ seat: forecast.seat, action }] : [];
  });
}

function deedOf({ arena, actions, sources }: ArenaResult, seat: Seat, open: Round): Deed {
  const saved = (open.drafts.get(seat) ?? []).flatMap(({ actions: chosen }) => chosen[arena] ?? []);
  return {
    arena,
    drafts: saved.filter((action, i) => action !== saved[i - 1]),
    expected: expectedOf(arena, seat, open),
    done: actions[seat] ?? null,
    source: sources[seat] ?? null,
  };
}
