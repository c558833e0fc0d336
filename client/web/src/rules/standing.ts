/** Standing as figures to be shown: who trusts whom, how tense pairs are, and how that went. */
import type { Integration, RoundResolved, Scenario, Seat, Standing } from "../wire/types.ts";

/** τ_ij = α/(α + β); null where the viewer does not know it or the two have not met. */
export function trust(standing: Standing, seat: Seat, other: Seat): number | null {
  const counts = standing.faith[seat]?.[other];
  return counts === undefined ? null : counts[0] / (counts[0] + counts[1]);
}

/** A_ij in [−1, 1]; null where it is not known. */
export function affinity(standing: Standing, seat: Seat, other: Seat): number | null {
  return standing.affinity[seat]?.[other] ?? null;
}

/** s_ij, the share of i's benefits that j made. */
export function dependency(standing: Standing, seat: Seat, other: Seat): number {
  return standing.dependency[seat]?.[other] ?? 0;
}

export type Tie = { from: Seat; to: Seat; value: number };

/** All trust that a viewer knows: of a seat its own, of the facilitator everybody's. */
export function trustTies(standing: Standing): Tie[] {
  return Object.entries(standing.faith).flatMap(([from, row]) =>
    Object.keys(row).map((to) => ({ from, to, value: trust(standing, from, to)! })),
  );
}

/** The tension of a pair of rivals; null where it is not known. */
export function tensionOf({ rivals }: Standing, one: Seat, other: Seat): number | null {
  const pair = rivals.find(({ seats }) => seats.includes(one) && seats.includes(other));
  return pair?.tension ?? null;
}

/** A figure after every round, the one before the first included; null where it is not known. */
export function series(
  first: Standing,
  history: readonly RoundResolved[],
  figure: (standing: Standing) => number | null,
): (number | null)[] {
  return [figure(first), ...history.map(({ standing }) => figure(standing))];
}

/** What the outlook is judged by in rules 2. */
export function outlookOf({ consequences }: Pick<Scenario, "consequences">): {
  optimistic_index: number;
  pessimistic_index: number;
} {
  return {
    optimistic_index: consequences?.optimistic_index ?? 65,
    pessimistic_index: consequences?.pessimistic_index ?? 31,
  };
}

/** The index's parts in their order, each a share. */
export const PARTS = ["cooperation", "cross_bloc", "trust", "autonomy", "calm"] as const;
export type Part = (typeof PARTS)[number];

/** The part that holds the index down most: the smallest, for a geometric mean follows its least. */
export function weakest(integration: Integration): Part {
  return PARTS.reduce((low, part) => (integration[part] < integration[low] ? part : low));
}
