/** Which bots sit down when the facilitator fills seats. */
import type { Seat, StrategyCard } from "../wire/types.ts";

/** Classics that differ; a mixed table is filled with them in this order. */
export const CLASSICS: readonly string[] = [
  "tit_for_tat",
  "win_stay_lose_shift",
  "grudger",
  "gtft",
  "go_by_majority",
  "tit_for_2_tats",
  "cooperator",
  "prober",
  "random",
  "defector",
];

/** Schools of statecraft: they bargain, and choose by stated formulas. */
export const DOCTRINES: readonly string[] = [
  "realist",
  "liberal",
  "constructivist",
  "hedger",
  "diplomat",
];

/** Stands for a different classic on every seat. */
export const MIX = "mix";

/** Stands for a different doctrine on every seat. */
export const DOCTRINE_MIX = "doctrine_mix";

/** Give the strategy for the n-th bot of a choice, counting from 0. */
export function strategyFor(choice: string, n: number): string {
  if (choice === MIX) return CLASSICS[n % CLASSICS.length]!;
  return choice === DOCTRINE_MIX ? DOCTRINES[n % DOCTRINES.length]! : choice;
}

/** Say which bot goes on each free seat. */
export function fillFree(
  free: readonly Seat[],
  choice: string,
  already: number,
): { seat: Seat; strategy: string }[] {
  return free.map((seat, n) => ({ seat, strategy: strategyFor(choice, already + n) }));
}

/** Strategies by family, in the server's order. */
export function families(strategies: readonly StrategyCard[]): Map<string, StrategyCard[]> {
  const grouped = new Map<string, StrategyCard[]>();
  for (const card of strategies)
    grouped.set(card.family, [...(grouped.get(card.family) ?? []), card]);
  return grouped;
}
