/** What an arena promises one of its members: the figures that a card shows. Pure. */
import { lensedCorners, lensedPoints, through, type Lens } from "../rules/lenses.ts";
import { corners, payoffs, weight } from "../rules/games.ts";
import { clausesIn, situationIn, type PatternClause, type Situation } from "../rules/replies.ts";
import type { Action, Arena, Corners, Position, Scenario, Seat, Standing } from "../wire/types.ts";

/** One cell: what I get, and in an arena of two what the other gets. */
export type Cell = { mine: Action; theirs: Action; points: number; others: number | null };
export type Outlook = {
  corners: Corners;
  gameClass: Situation;
  /** What is true of the payoffs, as keys of sentences. */
  clauses: readonly PatternClause[];
  weight: number;
  /** The other member, where there is just one. */
  other: Seat | null;
  /** Rows are my action, columns theirs; C before D. */
  rows: readonly { mine: Action; cells: readonly Cell[] }[];
};

const ACTIONS = ["C", "D"] as const;

export function outlook(arena: Arena, seat: Seat): Outlook {
  const member = arena.members.indexOf(seat);
  const mine = corners(arena.game, member);
  const isPair = arena.members.length === 2;
  return {
    corners: mine,
    gameClass: situationIn(arena.game, member),
    clauses: clausesIn(arena.game, member),
    weight: weight(arena.game, member),
    other: isPair ? arena.members[1 - member]! : null,
    rows: ACTIONS.map((own) => ({
      mine: own,
      cells: ACTIONS.map((theirs) => cell(arena, member, own, theirs, isPair)),
    })),
  };
}

/** The same, as a lens shows it: utilities in place of points, the other side's left out. */
export function outlookThrough(
  lens: Lens,
  arena: Arena,
  seat: Seat,
  scenario: Scenario,
  standing: Standing,
): Outlook {
  const plain = outlook(arena, seat);
  const seen = through(lens, arena, seat, scenario, standing);
  const points = (mine: Action, theirs: Action) =>
    lensedPoints(lens, arena, seat, scenario, standing, mine, theirs);
  return {
    ...plain,
    corners: lensedCorners(lens, arena, seat, scenario, standing),
    gameClass: seen.name,
    clauses: seen.clauses,
    rows: plain.rows.map(({ mine, cells }) => ({
      mine,
      cells: cells.map(({ theirs }) => ({
        mine,
        theirs,
        points: points(mine, theirs),
        others: null,
      })),
    })),
  };
}

function cell(arena: Arena, member: number, mine: Action, theirs: Action, isPair: boolean): Cell {
  const paid = payoffs(
    arena.game,
    arena.members.map((_, i) => (i === member ? mine : theirs)),
  );
  return { mine, theirs, points: paid[member]!, others: isPair ? paid[1 - member]! : null };
}

/** The most that any cell differs from nothing, for bars on one scale. */
export function largest({ rows }: Outlook): number {
  return Math.max(
    ...rows.flatMap(({ cells }) => cells.map(({ points }) => Math.abs(points))),
    1e-9,
  );
}

/** What would stand in for a missing action of a seat: its last one, or D. */
export function standIn(
  position: Position,
  arena: string,
  seat: Seat,
): { action: Action; isRepeat: boolean } {
  const last = position.history.at(-1)?.results.find((result) => result.arena === arena)?.actions[
    seat
  ];
  const repeats = position.scenario.missing_order.includes("repeat");
  return repeats && last ? { action: last, isRepeat: true } : { action: "D", isRepeat: false };
}
