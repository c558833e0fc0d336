/** The rounds on which a match turned: where cooperation jumped, a pledge broke, an incident came. */
import type { Breach, Incident, RoundResolved } from "../wire/types.ts";
import { cooperationByRound } from "./series.ts";

export type Turn = {
  round: number;
  /** The share that cooperated before and then; null where it did not jump. */
  jump: { from: number; to: number } | null;
  breaches: readonly Breach[];
  incidents: readonly Incident[];
};

/** A change of the share that cooperates that a class would remember. */
const JUMP = 0.2;
const MOST = 6;

/** Give the rounds that weigh most, in their order. */
export function turnsOf(history: readonly RoundResolved[]): Turn[] {
  const shares = cooperationByRound(history);
  const turns = history.map(({ round, breaches, incidents }, i): Turn => {
    const [from, to] = [shares[i - 1], shares[i]!];
    const hasJumped = from !== undefined && Math.abs(to - from) >= JUMP;
    return { round, jump: hasJumped ? { from, to } : null, breaches, incidents };
  });
  return turns
    .filter((turn) => weight(turn) > 0)
    .sort((a, b) => weight(b) - weight(a) || a.round - b.round)
    .slice(0, MOST)
    .sort((a, b) => a.round - b.round);
}

/** A broken pledge weighs as much as half the table changing sides; an incident half of that. */
function weight({ jump, breaches, incidents }: Turn): number {
  return (jump ? Math.abs(jump.to - jump.from) : 0) + breaches.length / 2 + incidents.length / 4;
}
