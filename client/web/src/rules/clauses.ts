/** What is true of a member's four payoffs, read from their signs: the twin of `clauses.py`. */
import { fear, greed } from "./games.ts";
import type { Corners } from "../wire/types.ts";

const BEST = {
  "1,1": "defecting_always",
  "1,0": "defecting_on_cooperators",
  "0,1": "defecting_on_defectors",
  "-1,-1": "cooperating_always",
  "-1,0": "cooperating_with_cooperators",
  "0,-1": "cooperating_with_defectors",
  "0,0": "no_difference",
  "-1,1": "matching",
} as const;

type Contest = "pressing" | "opposing" | "leading" | "following" | "either_role";
type Together = "peace_pays" | "war_suits" | "peace_adds_nothing" | "war_pays";
export type Clause = (typeof BEST)[keyof typeof BEST] | Contest | Together;

/** The true clauses about a member: what is best for it, then what all could do. */
export function clauses(corners: Corners): readonly Clause[] {
  const [g, f] = [Math.sign(greed(corners)), Math.sign(fear(corners))];
  if (g === 1 && f === -1) return contest(corners);
  const best = BEST[`${g + 0},${f + 0}` as keyof typeof BEST];
  const more = together(Math.sign(corners.R - corners.P), g, f);
  return more === null ? [best] : [best, more];
}

/** Compare all cooperating with all defecting, where one action is never worse. */
function together(overWar: number, g: number, f: number): Together | null {
  if (Math.min(g, f) >= 0 && Math.max(g, f) > 0) {
    if (overWar === 0) return "peace_adds_nothing";
    return overWar > 0 ? "peace_pays" : "war_suits";
  }
  return Math.max(g, f) <= 0 && Math.min(g, f) < 0 && overWar < 0 ? "war_pays" : null;
}

function contest({ T, R, S }: Corners): readonly Clause[] {
  if (R >= S) return ["pressing"];
  if (T === S) return ["opposing", "either_role"];
  return ["opposing", T > S ? "leading" : "following"];
}
