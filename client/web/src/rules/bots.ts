/** Which bots sit down where people do not. */
import type { Scenario, Seat, StrategyCard } from "../wire/types.ts";

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

/** Who fills seats if nobody chooses: doctrines, which speak and bargain, where there is talk. */
export function usualBot(press: Scenario["press"]): string {
  return press === "none" ? CLASSICS[0]! : DOCTRINE_MIX;
}

/** The kinds of rivals that somebody who plays alone chooses from; the first is the usual one. */
export const RIVALS = [DOCTRINE_MIX, "realist", "liberal", "constructivist", MIX] as const;
export type Rivals = (typeof RIVALS)[number];

/** The kind of that name; the usual one where there is none. */
export function rivalsNamed(name: string | null | undefined): Rivals {
  return RIVALS.find((each) => each === name) ?? RIVALS[0];
}

/** Say who plays every seat but one. */
export function castOf(rivals: Rivals, seats: readonly Seat[], mine: Seat): Record<Seat, string> {
  const others = seats.filter((seat) => seat !== mine);
  return Object.fromEntries(
    fillFree(others, rivals, 0).map(({ seat, strategy }) => [seat, strategy]),
  );
}

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
