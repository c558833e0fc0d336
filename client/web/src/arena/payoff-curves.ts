/** My payoff in a collective arena as a function of how much of the others' weight cooperates. */
import type { Action, Collective } from "../wire/types.ts";

/** faith: share of the others' weight that cooperates, 0 to 1. */
export type CurvePoint = { faith: number; payoff: number };

/** Unbroken pieces from left to right; a break is where the threshold is passed. */
export type PayoffCurve = {
  pieces: CurvePoint[][];
  /** null where nothing jumps. */ jumpAt: number | null;
};

/** Trace one action's payoff. It is straight but for one jump, where enough weight cooperates.

    Must agree with `payoffs` in rules/games.ts, which knows only whole members. */
export function payoffCurve(game: Collective, member: number, action: Action): PayoffCurve {
  const own = game.weights[member]!;
  const mine = action === "C" ? own : 0;
  const jump = (game.theta - mine) / (1 - own);
  const pay = (faith: number, produces: boolean) => {
    const terms = game.terms[member]!;
    const produced = produces ? faith * (1 - own) + mine : 0;
    if (action === "C") return terms.b * produced - terms.c - terms.e * (1 - faith);
    return terms.sigma * terms.b * produced + terms.g * faith - terms.d * (1 - faith);
  };
  const piece = (from: number, to: number, produces: boolean): CurvePoint[] => [
    { faith: from, payoff: pay(from, produces) },
    { faith: to, payoff: pay(to, produces) },
  ];
  if (jump <= 0) return { pieces: [piece(0, 1, true)], jumpAt: null };
  if (jump > 1 + 1e-9) return { pieces: [piece(0, 1, false)], jumpAt: null };
  const at = Math.min(jump, 1);
  return { pieces: [piece(0, at, false), piece(at, 1, true)], jumpAt: at };
}

export function payoffAt(curve: PayoffCurve, faith: number): number {
  const piece =
    curve.pieces.length === 2 && faith >= curve.jumpAt! - 1e-12
      ? curve.pieces[1]!
      : curve.pieces[0]!;
  const [a, b] = piece as [CurvePoint, CurvePoint];
  const share = b.faith === a.faith ? 1 : (faith - a.faith) / (b.faith - a.faith);
  return a.payoff + (b.payoff - a.payoff) * share;
}
