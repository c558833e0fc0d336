/** What the server tells of tournaments; docs/tournaments.md has every field. */

export type TournamentKind =
  "round_robin" | "knockout" | "league" | "moran" | "ecological" | "spatial" | "evolve";

export type Progress = "running" | "stopped" | "finished" | "failed";

export interface TournamentCard {
  id: string;
  kind: TournamentKind;
  game: string;
  entrants: number;
  progress: Progress;
  problem: string | null;
  is_hosted: boolean;
  pieces: number;
  pieces_played: number;
  created_at_ms: number;
  finished_at_ms: number | null;
}

export interface Standing {
  strategy: string;
  place: number;
  score: number;
  ci95: readonly [number, number] | null;
  rank: number;
  tied_places: readonly number[];
  cooperation?: number;
  median?: number;
}

export type Matrix = readonly (readonly (number | null)[])[];

/** Shares of a population: a row a moment, a column an entrant. */
export interface Shares {
  generations: readonly number[];
  shares: readonly (readonly number[])[];
}

export interface Tie {
  first: number;
  second: number | null;
  points_first: number;
  points_second: number;
  winner: number;
  is_by_lot: boolean;
}

export interface TournamentDocument {
  kind: TournamentKind;
  game_name: string;
  seed: string;
  turns: number | null;
  continuation?: number;
  noise?: number;
  repetitions?: number;
  is_exact?: boolean;
  entrants: readonly string[];
  standings?: readonly Standing[];
  payoff_matrix?: Matrix;
  cooperation_matrix?: Matrix;
  finalists?: (Shares & { places: readonly number[] }) | null;
  population?: Shares;
  path?: readonly { best: number; mean: number }[];
  rounds?: readonly (readonly Tie[])[];
  faults?: readonly { strategy: string; turn: number; problem: string; matches: number }[];
}

export interface Tournament {
  card: TournamentCard;
  document: TournamentDocument | null;
}

/** A match played again; side 0 is the one that was asked for first. */
export interface ShownMatch {
  match: number;
  places: readonly [number, number];
  repetition: number;
  actions: readonly [string, string];
  scores: readonly [number, number];
  payoffs: readonly [readonly number[], readonly number[]];
  faults: readonly string[];
}

/** What a browser may ask for; the server has the rest as usual. */
export interface NewTournament {
  kind: "round_robin" | "ecological";
  game: string;
  entrants: readonly string[];
  turns: number;
  noise: number;
  repetitions: number | null;
  exact: boolean;
  self_play: boolean | null;
}
