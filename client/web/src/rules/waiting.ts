/** What waits for one seat at the table: choices it has not made, proposals it has not answered. */
import type { Position, Proposal, Seat } from "../wire/types.ts";

/** How many choices of the open round are not made yet; asked in the decision alone. */
export function openChoices({ phase, arenas, orders }: Position, seat: Seat | null): number {
  if (seat === null || phase !== "decision") return 0;
  return arenas.filter(({ name, members }) => members.includes(seat) && !orders[seat]?.[name])
    .length;
}

/** Who has yet to answer a proposal. */
export function yetToAnswer({ terms, accepted }: Proposal): Seat[] {
  return terms.parties.filter((seat) => !accepted.includes(seat));
}

export function waitsFor(proposal: Proposal, seat: Seat | null): boolean {
  return seat !== null && yetToAnswer(proposal).includes(seat);
}
