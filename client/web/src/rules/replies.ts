/** A member's whole reply pattern: what cooperating gains for every set of cooperating others.
 *
 * The twin of `game_rules/games/replies.py`. Between the corners, in which all others do the same, a member of an
 * arena with a threshold may be needed or not: so names, sentences and z* are read from all sets.
 */
import type { Collective, Corners, GameClass, StageGame } from "../wire/types.ts";
import { clauses, type Clause } from "./clauses.ts";
import { classIn, collectivePayoff, corners, fear, greed, payoffs, size } from "./games.ts";
import type { Profile } from "./games.ts";

/** A table holds 2ⁿ sets; of more members the corners have to do. */
const MOST_MEMBERS = 12;
const NOTHING = 1e-12;
/** Sums of payoffs that differ by less, beside the payoffs, are the same. */
const NEAR = 1e-9;

/** What a member is in: by its corners in a game by a matrix, else by the whole pattern. */
export type Situation =
  GameClass | "indifferent" | "volunteers_dilemma" | "harmony_with_a_gap" | "defect_dominates";

/** What is true of a member, where its corners alone would say too much. */
export type PatternClause = Clause | "defecting_at_ends" | "cooperating_at_ends" | "same_at_ends";

/** Name a member's situation as the advisor does. */
export function situationIn(game: StageGame, member: number): Situation {
  if (!isPatterned(game)) return classIn(game, member);
  return situationOf(gains(game, member), corners(game, member), () => hasConstantSum(game));
}

/** Whether a name comes from more than the corners. */
export function isPatterned(game: StageGame): game is Collective {
  return game.type === "collective" && size(game) <= MOST_MEMBERS;
}

/** Name a situation by the gains of cooperating and by the corners, in points or through a lens. */
export function situationOf(
  all: readonly number[],
  four: Corners,
  isConstant: () => boolean,
): Situation {
  const [hasUp, hasDown] = [all.some((x) => x > NOTHING), all.some((x) => x < -NOTHING)];
  if (!hasUp && !hasDown) return "indifferent";
  if (!hasUp) return defectorsName(four, isConstant);
  return hasDown ? mixedName(four) : "harmony";
}

function defectorsName({ R, P }: Corners, isConstant: () => boolean): Situation {
  if (Math.abs(R - P) <= NOTHING) return isConstant() ? "constant_sum" : "defect_dominates";
  return R > P ? "prisoners_dilemma" : "deadlock";
}

function mixedName(four: Corners): Situation {
  const [g, f] = [greed(four), fear(four)];
  if (g > NOTHING && f > NOTHING) return "volunteers_dilemma";
  if (g <= NOTHING && f >= -NOTHING) return "stag_hunt";
  if (g >= -NOTHING) return four.R >= four.S ? "chicken" : "battle_of_the_sexes";
  return "harmony_with_a_gap";
}

/** What is true of a member of an arena; what its corners say of every case must hold in every case. */
export function clausesIn(game: StageGame, member: number): readonly PatternClause[] {
  const four = corners(game, member);
  return isPatterned(game) ? clausesOf(gains(game, member), four) : clauses(four);
}

export function clausesOf(all: readonly number[], four: Corners): readonly PatternClause[] {
  const [best, ...more] = clauses(four);
  if (best === "defecting_always" && all.some((x) => x > NOTHING)) {
    return ["defecting_at_ends", ...more];
  }
  if (best === "cooperating_always" && all.some((x) => x < -NOTHING)) {
    return ["cooperating_at_ends", ...more];
  }
  const isSame = best === "no_difference" && all.every((x) => Math.abs(x) <= NOTHING);
  return best === "no_difference" && !isSame ? ["same_at_ends"] : [best!, ...more];
}

/** The escrow beyond which cooperating pays a member whatever others do, z*; of many members a bound. */
export function escrowOf(game: StageGame, member: number): number {
  if (game.type === "bimatrix") {
    const four = corners(game, member);
    return Math.max(0, greed(four), fear(four));
  }
  const losses = isPatterned(game)
    ? gains(game, member).map((gain) => -gain)
    : lossesAnywhere(game, member);
  return Math.max(0, ...losses);
}

/** What cooperating gains for every set of cooperating others, all of them first and none last. */
function gains(game: Collective, member: number): number[] {
  const own = game.weights[member]!;
  const others = game.weights.filter((_, i) => i !== member);
  const held = others.reduceRight((sums, one) => [...sums.map((x) => one + x), ...sums], [0]);
  return held.map(
    (x) => collectivePayoff(game, member, "C", x + own) - collectivePayoff(game, member, "D", x),
  );
}

/** Every profile of so many members; bit i of its place: whether member i cooperates. */
export function profiles(members: number): Profile[] {
  return Array.from({ length: 2 ** members }, (_, place) =>
    Array.from({ length: members }, (_, i) => ((place >> i) & 1 ? "C" : "D")),
  );
}

function hasConstantSum(game: Collective): boolean {
  const paid = profiles(size(game)).map((profile) => payoffs(game, profile));
  const sums = paid.map((each) => each.reduce((sum, points) => sum + points, 0));
  const largest = Math.max(...paid.flat().map(Math.abs));
  return Math.max(...sums) - Math.min(...sums) <= NEAR * largest;
}

/** What defecting gains at the ends of each stretch on which that is linear in the others' weight. */
function lossesAnywhere(game: Collective, member: number): number[] {
  const { b, c, e, g, d, sigma } = game.terms[member]!;
  const own = game.weights[member]!;
  const others = 1 - own;
  const within = (x: number) => Math.max(0, Math.min(others, x));
  const [tips, stands] = [within(game.theta - own), within(game.theta)];
  const stretches = [
    { ends: [0, tips], isMadeWith: false, isMadeWithout: false },
    { ends: [tips, stands], isMadeWith: true, isMadeWithout: false },
    { ends: [stands, others], isMadeWith: true, isMadeWithout: true },
  ];
  return stretches.flatMap(({ ends, isMadeWith, isMadeWithout }) =>
    ends.map((x) => {
      const faith = x / others;
      const withC = b * (isMadeWith ? x + own : 0) - c - e * (1 - faith);
      const withD = sigma * b * (isMadeWithout ? x : 0) + g * faith;
      return withD - d * (1 - faith) - withC;
    }),
  );
}
