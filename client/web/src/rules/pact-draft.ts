/** A pact that is being written: what was clicked so far, and the terms it makes. Pure. */
import { escrowOf } from "./replies.ts";
import { pledgesOn } from "./ledger.ts";
import type {
  Action,
  Arena,
  Binding,
  PactTerms,
  Pledge,
  Position,
  Seat,
  Transfer,
} from "../wire/types.ts";

export type Draft = {
  /** In the scenario's order; whoever writes is one. */
  parties: readonly Seat[];
  /** What each party pledges, by arena; an arena that is named is on the table. */
  pledges: Readonly<Record<string, Readonly<Record<Seat, Action>>>>;
  transfers: readonly Transfer[];
  rounds: number;
  binding: Binding;
  stake: number;
  isConditional: boolean;
};
export type Lack = "party" | "pledge" | "stake" | "transfer" | "same";

export const BINDINGS = [
  "communique",
  "treaty",
  "escrow",
  "executed",
] as const satisfies readonly Binding[];

/** How a pact binds by what it costs or forces; the others bind by trust alone. */
export const STRONG_BINDINGS: readonly Binding[] = ["escrow", "executed"];

/** The server takes so many parties; of a larger arena I and the first others. */
const MOST_PARTIES = 12;

/** A first draft: in an arena all its members cooperate; without one, nobody is named yet. */
export function draftIn(arena: Arena | null, mine: Seat, roundsLeft: number): Draft {
  const parties = arena === null ? [mine] : partiesIn(arena, mine);
  return {
    parties,
    pledges: arena === null ? {} : { [arena.name]: allTo(parties, "C") },
    transfers: [],
    rounds: Math.min(3, roundsLeft),
    binding: "treaty",
    stake: 0,
    isConditional: false,
  };
}

/** A proposal that can be sent as it is: all members of my main arena keep it, as a treaty.
 *
 * The main arena is the first in which a pact does not bind me yet; where all are bound, the first.
 */
export function firstDraft(position: Position, mine: Seat): Draft {
  const { arenas, pacts, round, scenario } = position;
  const own = arenas.filter(({ members }) => members.includes(mine));
  const isFree = ({ name }: Arena) =>
    !pledgesOn(pacts, name, round).some(({ pledge }) => pledge.seat === mine);
  const main = own.find(isFree) ?? own[0] ?? null;
  return draftIn(main, mine, Math.max(scenario.rounds - round + 1, 1));
}

function partiesIn({ members }: Arena, mine: Seat): Seat[] {
  const others = members.filter((seat) => seat !== mine).slice(0, MOST_PARTIES - 1);
  return members.filter((seat) => seat === mine || others.includes(seat));
}

/** A draft for at least one round, and for no more than are left. */
export function heldTo(draft: Draft, roundsLeft: number): Draft {
  return { ...draft, rounds: Math.min(Math.max(Math.round(draft.rounds) || 1, 1), roundsLeft) };
}

/** Someone else's terms, to be changed. */
export function draftOf({
  parties,
  pledges,
  transfers,
  rounds,
  binding,
  stake,
  is_conditional,
}: PactTerms): Draft {
  const byArena: Record<string, Record<Seat, Action>> = {};
  for (const { arena, seat, action } of pledges) (byArena[arena] ??= {})[seat] = action;
  return {
    parties,
    pledges: byArena,
    transfers,
    rounds,
    binding,
    stake,
    isConditional: is_conditional,
  };
}

/** Name a party or leave it out; a new one joins every arena on the table that it is in. */
export function withParty(
  draft: Draft,
  seat: Seat,
  isIn: boolean,
  order: readonly Seat[],
  arenas: readonly Arena[],
): Draft {
  const parties = order.filter((each) => (each === seat ? isIn : draft.parties.includes(each)));
  const pledges = Object.fromEntries(
    Object.entries(draft.pledges).map(([name, pledged]) => {
      const isMember = arenas.find((arena) => arena.name === name)?.members.includes(seat);
      const others = Object.fromEntries(Object.entries(pledged).filter(([each]) => each !== seat));
      return [name, isIn && isMember ? { ...others, [seat]: "C" as const } : others];
    }),
  );
  const transfers = draft.transfers.filter(
    ({ giver, taker }) => isIn || (giver !== seat && taker !== seat),
  );
  return { ...draft, parties, pledges, transfers };
}

/** Put an arena on the table, where all parties in it cooperate, or take it off. */
export function withArena(draft: Draft, arena: Arena, isIn: boolean): Draft {
  const others = Object.fromEntries(
    Object.entries(draft.pledges).filter(([name]) => name !== arena.name),
  );
  if (!isIn) return { ...draft, pledges: others };
  const members = arena.members.filter((seat) => draft.parties.includes(seat));
  return { ...draft, pledges: { ...others, [arena.name]: allTo(members, "C") } };
}

/** Pledge an action, or nothing, for a party in an arena. */
export function withPledge(draft: Draft, arena: string, seat: Seat, action: Action | null): Draft {
  const rest = Object.fromEntries(
    Object.entries(draft.pledges[arena] ?? {}).filter(([each]) => each !== seat),
  );
  const pledged = action === null ? rest : { ...rest, [seat]: action };
  return { ...draft, pledges: { ...draft.pledges, [arena]: pledged } };
}

/** The terms as the server takes them. */
export function termsOf(draft: Draft, arenas: readonly Arena[]): PactTerms {
  return {
    parties: draft.parties,
    pledges: pledgesOf(draft, arenas),
    transfers: draft.transfers,
    rounds: draft.rounds,
    binding: draft.binding,
    stake: draft.binding === "escrow" ? draft.stake : 0,
    is_conditional: draft.isConditional,
  };
}

/** What is missing before it can be put on the table, most urgent first. answered: the terms that it answers. */
export function lacksOf(draft: Draft, arenas: readonly Arena[], answered?: PactTerms): Lack[] {
  const lacks: Lack[] = [];
  if (draft.parties.length < 2) lacks.push("party");
  if (pledgesOf(draft, arenas).length === 0) lacks.push("pledge");
  if (draft.binding === "escrow" && !(draft.stake > 0)) lacks.push("stake");
  if (draft.transfers.some(({ giver, taker, points }) => giver === taker || !(points > 0)))
    lacks.push("transfer");
  if (answered !== undefined && isSame(termsOf(draft, arenas), termsOf(draftOf(answered), arenas)))
    lacks.push("same");
  return lacks;
}

/** Both were written by `termsOf`, which gives its parts in one order. */
function isSame(one: PactTerms, other: PactTerms): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The escrow beyond which cooperating pays a party whatever others do, in every arena that it pledges. */
export function stakesNeeded(draft: Draft, arenas: readonly Arena[]): Map<Seat, number> {
  const needed = new Map<Seat, number>();
  for (const { seat, arena: name, action } of pledgesOf(draft, arenas)) {
    if (action !== "C") continue;
    const arena = arenas.find((each) => each.name === name)!;
    const mine = escrowOf(arena.game, arena.members.indexOf(seat));
    needed.set(seat, Math.max(needed.get(seat) ?? 0, mine));
  }
  return needed;
}

/** Pledges of this draft that an older pact has bound to the other action already. */
export function conflictsOf(
  draft: Draft,
  position: Pick<Position, "arenas" | "pacts" | "round">,
): Pledge[] {
  return pledgesOf(draft, position.arenas).flatMap((mine) => {
    const older = pledgesOn(position.pacts, mine.arena, position.round).find(
      ({ pledge }) => pledge.seat === mine.seat,
    );
    return older && older.pledge.action !== mine.action ? [older.pledge] : [];
  });
}

function pledgesOf({ parties, pledges }: Draft, arenas: readonly Arena[]): Pledge[] {
  return arenas.flatMap(({ name, members }) =>
    members.flatMap((seat) => {
      const action = pledges[name]?.[seat];
      return action && parties.includes(seat) ? [{ seat, arena: name, action }] : [];
    }),
  );
}

function allTo(seats: readonly Seat[], action: Action): Record<Seat, Action> {
  return Object.fromEntries(seats.map((seat) => [seat, action]));
}
