/** The share of the joint gain that an arena reached in a round: the twin of `joint.py`. Pure. */
import type { Action, StageGame } from "../wire/types.ts";
import { payoffs, size, weight, type Profile } from "./games.ts";

/** More members make too many profiles to try; as MOST_MEMBERS in Python. */
const MOST_MEMBERS = 12;
const NOTHING = 1e-12;

type Span = { corner: number; best: number };

const spans = new WeakMap<StageGame, Span>();

/** Between the worse of all C and all D and the best profile; null where there is no joint gain. */
export function efficiency(game: StageGame, paid: readonly number[]): number | null {
  const { corner, best } = spanOf(game);
  if (best - corner < NOTHING) return null;
  return Math.min(1, Math.max(0, (sum(paid) - corner) / (best - corner)));
}

function spanOf(game: StageGame): Span {
  const known = spans.get(game);
  if (known !== undefined) return known;
  const joint = profilesOf(game).map((profile) => sum(payoffs(game, profile)));
  const span = { corner: Math.min(joint[0]!, joint.at(-1)!), best: Math.max(...joint) };
  spans.set(game, span);
  return span;
}

/** All D first, all C last; of many members those in which the heaviest or lightest cooperate. */
function profilesOf(game: StageGame): Profile[] {
  const count = size(game);
  const members = Array.from({ length: count }, (_, i) => i);
  const as = (gives: (member: number) => boolean): Profile =>
    members.map((member): Action => (gives(member) ? "C" : "D"));
  if (count <= MOST_MEMBERS)
    return Array.from({ length: 2 ** count }, (_, bits) => as((i) => ((bits >> i) & 1) === 1));
  const byWeight = members.toSorted((a, b) => weight(game, b) - weight(game, a));
  const rank = members.map((member) => byWeight.indexOf(member));
  return [...members, count].flatMap((k) => [
    as((i) => rank[i]! >= count - k),
    as((i) => rank[i]! < k),
  ]);
}

function sum(figures: readonly number[]): number {
  return figures.reduce((whole, figure) => whole + figure, 0);
}
