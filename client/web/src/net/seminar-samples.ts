/** Cards of a seminar for tests. */
import type {
  MatchCard,
  PersonCard,
  SeatCard,
  SeatWaitedFor,
  SeminarCard,
  TableCard,
} from "../wire/types.ts";

export function seatCard(changes: Partial<SeatCard> = {}): SeatCard {
  return {
    seat: "CHN",
    country: "China",
    people: [],
    bot: null,
    autopilot: null,
    is_ready: false,
    is_waited_for: false,
    ...changes,
  };
}

export function matchCard(changes: Partial<MatchCard> = {}): MatchCard {
  return {
    match: "m1",
    number: 1,
    code: "ABCD-EFGH",
    treatment: null,
    phase: "decision",
    round: 2,
    rounds: 8,
    opened_at_ms: 0,
    deadline_ms: 90_000,
    paused_at_ms: null,
    seats: [seatCard()],
    cooperation: [],
    index: [],
    news: [],
    signed: null,
    undo_to: null,
    waits_for: [],
    scores: [],
    story: [],
    ...changes,
  };
}

export function personCard(changes: Partial<PersonCard> = {}): PersonCard {
  return { person: "p1", name: "Amna", match: null, is_here: true, ...changes };
}

export function seminarCard(changes: Partial<SeminarCard> = {}): SeminarCard {
  return {
    seminar: "s1",
    code: "ABCD-EFGH",
    name: "Monday",
    scenario: "chicken",
    title: "Chicken",
    seats: 2,
    pace: 1,
    pairing: null,
    bot: "tit_for_tat",
    treatments: [],
    created_at_ms: 0,
    is_archived: false,
    is_rehearsal: false,
    is_open_to_link: false,
    is_together: false,
    is_waiting_named: false,
    ...changes,
  };
}

export function tableCard(changes: Partial<TableCard> = {}): TableCard {
  return {
    match: "m1",
    number: 1,
    phase: "decision",
    round: 2,
    rounds: 8,
    opened_at_ms: 0,
    deadline_ms: 90_000,
    paused_at_ms: null,
    players: 5,
    waited_for: [],
    cooperation: [],
    index: [],
    waits_for: [],
    ...changes,
  };
}

export function waitedFor(...names: string[]): SeatWaitedFor {
  return { seat: "CHN", country: "China", names };
}
