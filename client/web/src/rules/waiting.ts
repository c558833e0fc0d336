/** What waits for one seat at the table: choices it has not made, proposals it has not answered. */
import type { Arena, Position, Proposal, Seat } from "../wire/types.ts";

/** An arena without a choice, and its number at the table. */
export type OpenChoice = { arena: Arena; number: number };

/** The choices of the open round that are not made yet; asked for in the decision alone. */
export function openChoices(
  { phase, arenas, orders }: Position,
  seat: Seat | null,
  isOnItsWay: (arena: string) => boolean = () => false,
): OpenChoice[] {
  if (seat === null || phase !== "decision") return [];
  return arenas
    .map((arena, index) => ({ arena, number: index + 1 }))
    .filter(({ arena: { name, members } }) => {
      const isMade = orders[seat]?.[name] !== undefined || isOnItsWay(name);
      return members.includes(seat) && !isMade;
    });
}

/** The choice to make after the one in sight: the next that is open, from there on and round. */
export function nextChoice(
  open: readonly OpenChoice[],
  arenas: readonly Arena[],
  inSight: string | null,
): OpenChoice | null {
  const at = arenas.findIndex(({ name }) => name === inSight) + 1;
  const others = open.filter(({ number }) => number !== at);
  return others.find(({ number }) => number > at) ?? others[0] ?? null;
}

/** Who has yet to answer a proposal. */
export function yetToAnswer({ terms, accepted }: Proposal): Seat[] {
  return terms.parties.filter((seat) => !accepted.includes(seat));
}

export function waitsFor(proposal: Proposal, seat: Seat | null): boolean {
  return seat !== null && yetToAnswer(proposal).includes(seat);
}
