/** Stage games: from one action a member to one payoff a member, and what kind of game that is.
 *
 * The twin of `game_rules/games/stage_games.py`, to the last bit: sums run in the same order. For cards and
 * "what if"; what a round pays is always the server's to say.
 */
import type { Action, Collective, Corners, GameClass, StageGame } from "../wire/types.ts";

export type Profile = readonly Action[];

/** Must agree with `_ROUNDING` in Python: a sum this near the threshold has reached it. */
const ROUNDING = 1e-12;

/** The number of members. */
export function size(game: StageGame): number {
  return game.type === "bimatrix" ? 2 : game.weights.length;
}

/** Pay every member of an arena for one round, in member order. Throws on another length. */
export function payoffs(game: StageGame, profile: Profile): number[] {
  if (profile.length !== size(game)) {
    throw new Error(`${profile.length} actions for ${size(game)} members; give one per member`);
  }
  if (game.type === "bimatrix") {
    const [first, second] = profile as [Action, Action];
    return [corner(game.row, first, second), corner(game.column, second, first)];
  }
  const contributed = game.weights.reduce(
    (sum, weight, i) => (profile[i] === "C" ? sum + weight : sum),
    0,
  );
  return profile.map((action, member) => collectivePayoff(game, member, action, contributed));
}

/** Give a member's payoffs when the others all cooperate or all defect. */
export function corners(game: StageGame, member: number): Corners {
  if (game.type === "bimatrix") return member === 0 ? game.row : game.column;
  const pay = (own: Action, others: Action): number => {
    const profile = game.weights.map((_, i) => (i === member ? own : others));
    return payoffs(game, profile)[member]!;
  };
  return { T: pay("D", "C"), R: pay("C", "C"), P: pay("D", "D"), S: pay("C", "D") };
}

/** A member's share of the arena's power; members of a bimatrix weigh the same. */
export function weight(game: StageGame, member: number): number {
  return game.type === "bimatrix" ? 0.5 : game.weights[member]!;
}

/** What defecting on cooperators gains: T − R. */
export function greed({ T, R }: Corners): number {
  return T - R;
}

/** What cooperating with defectors costs: P − S. */
export function fear({ P, S }: Corners): number {
  return P - S;
}

/** Sums of payoffs that differ by less, beside the payoffs, are the same. */
const NEAR = 1e-9;

/** Name the situation by the signs of greed, fear and R − P, ties included. */
export function gameClass(corners: Corners): GameClass {
  const [g, f, { R, S }] = [greed(corners), fear(corners), corners];
  if (g === 0 && f === 0) return "indifference";
  if (g >= 0 && f >= 0) return defectorsClass(corners);
  if (g <= 0 && f <= 0) return g < 0 && f < 0 ? "harmony" : "weak_harmony";
  if (g < 0) return "stag_hunt";
  return R >= S ? "chicken" : "battle_of_the_sexes";
}

/** The class where defecting is never worse. */
function defectorsClass(corners: Corners): GameClass {
  const [g, f, { R, P }] = [greed(corners), fear(corners), corners];
  const isStrict = g > 0 && f > 0;
  if (R > P) return isStrict ? "prisoners_dilemma" : "weak_dilemma";
  if (isStrict && R < P) return "deadlock";
  return isStrict && Math.abs(g - f) <= NEAR * g ? "constant_sum" : "weak_deadlock";
}

/** Name a member's class in a whole game: constant-sum only if the sums of both sides are. */
export function classIn(game: StageGame, member: number): GameClass {
  const own = gameClass(corners(game, member));
  return own !== "constant_sum" || hasConstantSum(game) ? own : "weak_deadlock";
}

function hasConstantSum(game: StageGame): boolean {
  if (size(game) !== 2) return false;
  const [one, other] = [corners(game, 0), corners(game, 1)];
  const sums = [one.R + other.R, one.T + other.S, one.S + other.T, one.P + other.P];
  const payoffs = [one, other].flatMap(({ T, R, P, S }) => [T, R, P, S].map(Math.abs));
  return Math.max(...sums) - Math.min(...sums) <= NEAR * Math.max(...payoffs);
}

function corner(corners: Corners, own: Action, other: Action): number {
  if (own === "C") return other === "C" ? corners.R : corners.S;
  return other === "C" ? corners.T : corners.P;
}

/** Pay one member. contributed: the weight that cooperates, its own included. */
export function collectivePayoff(
  game: Collective,
  member: number,
  action: Action,
  contributed: number,
): number {
  const terms = game.terms[member]!;
  const weight = game.weights[member]!;
  const produced = contributed >= game.theta - ROUNDING ? contributed : 0;
  const own = action === "C" ? weight : 0;
  const faith = share(contributed - own, 1 - weight);
  if (action === "C") return terms.b * produced - terms.c - terms.e * (1 - faith);
  return terms.sigma * terms.b * produced + terms.g * faith - terms.d * (1 - faith);
}

/** A share of the others' weight; rounding must not make it leave [0, 1]. */
function share(part: number, whole: number): number {
  const share = part / whole;
  if (share < ROUNDING) return 0;
  return share > 1 - ROUNDING ? 1 : share;
}
