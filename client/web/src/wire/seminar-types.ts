/** What the server says of seminars; the twin of `server/seminars/overview.py` and `server/api/seminars.py`. */
import type { Command, Pairing, Phase, Press } from "./types.ts";

export interface Changes {
  readonly press?: Press | null;
  readonly monitoring?: number | null;
  readonly continuation?: number | null;
  readonly has_advisor?: boolean | null;
  readonly is_masked?: boolean | null;
}

export interface Treatment {
  readonly name: string;
  readonly changes: Changes;
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
}

export interface Sitter {
  readonly person: string;
  readonly name: string;
  readonly is_here: boolean;
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
  /** News that counts now. */
  readonly news: readonly { readonly name: string; readonly title: string }[];
  /** What a co-facilitator did last; its command's type. */
  readonly signed: {
    readonly name: string;
    readonly command: string;
    readonly at_ms: number;
  } | null;
}

export interface PersonCard {
  readonly person: string;
  readonly name: string;
  readonly match: string | null;
  readonly is_here: boolean;
}

export interface NewSeminar {
  readonly name: string;
  readonly scenario: string;
  readonly pace: number | null;
  readonly pairing: Pairing | null;
  readonly treatments: readonly Treatment[];
}

export interface Led {
  readonly seminar: string;
  readonly code: string;
  readonly token: string;
}

/** A co-facilitator's place, at a match or at a seminar; the other one is null. */
export interface Leading {
  readonly match: string | null;
  readonly seminar: string | null;
  readonly code: string;
  readonly token: string;
  readonly name: string;
}

export interface Dealt {
  readonly sizes: readonly number[];
  readonly seats: readonly number[];
  readonly bots: number;
}

export interface Placed {
  readonly match: string | null;
  readonly token: string | null;
}

export interface MatchCommand {
  readonly match: string;
  readonly id: string;
  readonly command: Command;
}

export interface Outcome {
  readonly match: string;
  readonly ok: boolean;
  readonly code: string | null;
  readonly message: string | null;
}

export type FeedFrame =
  | { type: "welcome"; role: "player" | "facilitator"; server_now_ms: number }
  | { type: "waiting"; people: number }
  | { type: "placed"; match: string }
  | { type: "seminar"; card: SeminarCard }
  | { type: "match"; card: MatchCard }
  | { type: "match_gone"; match: string }
  | { type: "people"; people: readonly PersonCard[] }
  | { type: "pong"; sent_ms: number; server_now_ms: number };
