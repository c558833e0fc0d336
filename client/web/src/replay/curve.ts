/** The curve of a match under its scrubber: what each round left, and what happened in it. Pure. */
import { cooperationByRound } from "../rules/series.ts";
import type { GameEvent } from "../wire/types.ts";
import { roundAt, type Timeline } from "./timeline.ts";

type MarkKind = "breach" | "incident" | "news" | "chapter" | "note";
/** share: how far along the line, 0 to 1. */
type Mark = { readonly kind: MarkKind; readonly round: number; readonly share: number };
export type Curve = {
  /** Points of the index and of cooperation: share of the line, and 0 to 1. */
  readonly index: readonly (readonly [number, number])[];
  readonly cooperation: readonly (readonly [number, number])[];
  readonly marks: readonly Mark[];
};

export function curveOf(timeline: Timeline): Curve {
  const { history } = timeline.positions.at(-1)!;
  const last = Math.max(timeline.events.length - 1, 1);
  const share = (round: number) => ((timeline.opens[round] ?? timeline.events.length) - 1) / last;
  const cooperation = cooperationByRound(history);
  return {
    index: history.flatMap(({ round, standing }) =>
      standing.integration ? [[share(round), standing.integration.index / 100] as const] : [],
    ),
    cooperation: history.map(({ round }, i) => [share(round), cooperation[i]!] as const),
    marks: marksOf(timeline).map(({ kind, round }) => ({ kind, round, share: share(round) })),
  };
}

/** What marks the rounds, each kind once a round. */
function marksOf(timeline: Timeline): { kind: MarkKind; round: number }[] {
  const found = new Map<string, { kind: MarkKind; round: number }>();
  timeline.events.forEach((event, i) => {
    for (const kind of kindsOf(event)) {
      const round = Math.max(roundAt(timeline, i + 1), 1);
      found.set(`${kind} ${round}`, { kind, round });
    }
  });
  return [...found.values()];
}

function kindsOf(event: GameEvent): MarkKind[] {
  if (event.type === "inject_opened") return ["news"];
  if (event.type !== "round_resolved") return [];
  return [
    ...(event.breaches.length > 0 ? (["breach"] as const) : []),
    ...(event.incidents.length > 0 ? (["incident"] as const) : []),
  ];
}
