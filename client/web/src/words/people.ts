import type { Holder } from "../wire/types.ts";

/** The people of a seat, whoever decides for it first; none of a bot's. */
export function peopleOf(holder: Holder | undefined): string[] {
  if (!holder || holder.is_bot) return [];
  return [holder.name, ...holder.delegates.map(({ name }) => name)];
}
