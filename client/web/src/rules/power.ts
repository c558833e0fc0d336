/** Power: what members weigh by another measure, and what that makes of an arena. */
import type { Arena, Figure, Player, PowerMeasure, Scenario } from "../wire/types.ts";

export const MEASURES = [
  "cinc",
  "lowy",
  "military_spending",
  "equal",
] as const satisfies readonly PowerMeasure[];

/** The figure that a player's weight follows; null where it has none, or all weigh the same. */
function powerFigure(player: Player, measure: PowerMeasure): Figure | null {
  return measure === "equal" ? null : (player.figures[measure] ?? null);
}

/** An arena weighed by a measure; null where a member has no figure for it or nothing is weighed. */
export function weighedBy(
  arena: Arena,
  measure: PowerMeasure,
  scenario: Pick<Scenario, "players">,
): Arena | null {
  const { game } = arena;
  if (game.type !== "collective") return null;
  const raw = arena.members.map((seat) => {
    const player = scenario.players.find((each) => each.seat === seat)!;
    return measure === "equal" ? 1 : (powerFigure(player, measure)?.value ?? 0);
  });
  if (raw.some((weight) => weight <= 0)) return null;
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return { ...arena, game: { ...game, weights: raw.map((weight) => weight / total) } };
}

const NEAR = 1e-9;

/** Whether an arena is played by such weights: a scenario may give one weights of its own. */
export function isWeighedAsPlayed({ game }: Arena, weighed: Arena): boolean {
  if (game.type !== "collective" || weighed.game.type !== "collective") return false;
  const by = weighed.game.weights;
  return game.weights.every((weight, i) => Math.abs(weight - by[i]!) < NEAR);
}
