/** What seats stand for. */
import type { Player } from "../wire/types.ts";

/** Whether a seat is a state or territory; in rules 2 organisations, firms and militias play too. */
export function isState({ kind }: Pick<Player, "kind">): boolean {
  return kind !== "non_state";
}
