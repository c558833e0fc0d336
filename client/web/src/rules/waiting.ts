/** What waits for one seat at the table: choices it has not made, proposals it has not answered. */
import type { Arena, GameEvent, Position, Proposal, Seat } from "../wire/types.ts";

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

/** Whether a seat is waited for, to talk or to choose; while a match is paused nobody is. */
export function isDue({ phase, ready, paused_at_ms }: Position, seat: Seat): boolean {
  const isOpen = phase === "negotiation" || phase === "decision";
  return isOpen && !ready[seat] && paused_at_ms === null;
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

/** When an open proposal lapses at the latest, by the server's clock; null where no clock runs.
 *
 * It lives as long as its round: through what is left of this phase, and through the decision.
 */
export function lapseMs({ phase, deadline_ms, scenario, pace }: Position): number | null {
  if (deadline_ms === null) return null;
  const later = phase === "negotiation" ? scenario.seconds.decision * 1000 * (pace ?? 1) : 0;
  return deadline_ms + later;
}

/** Who has yet to answer a proposal. */
export function yetToAnswer({ terms, accepted }: Proposal): Seat[] {
  return terms.parties.filter((seat) => !accepted.includes(seat));
}

export function waitsFor(proposal: Proposal, seat: Seat | null): boolean {
  return seat !== null && yetToAnswer(proposal).includes(seat);
}

/** The proposals that one seat can still answer: as long as there is bargaining. */
export function waitingFor({ phase, proposals }: Position, seat: Seat | null): Proposal[] {
  const isOpen = phase === "negotiation" || phase === "decision";
  return isOpen ? proposals.filter((proposal) => waitsFor(proposal, seat)) : [];
}

/** Whose proposal another one answers, where that was shown here. */
export function answersWhom(log: readonly GameEvent[], number: number): Seat | null {
  const end = log.find((event) => event.type === "proposal_countered" && event.counter === number);
  if (end?.type !== "proposal_countered") return null;
  const first = log.find((event) => event.type === "proposal_made" && event.number === end.number);
  return first?.type === "proposal_made" ? first.proposer : null;
}
