/** What is read aloud of a bargain: proposals, answers, and what became of pledges. */
import { list, t } from "../i18n/index.svelte.ts";
import { ledgerOf } from "../rules/ledger.ts";
import type { GameEvent, Position, ProposalAnswered, Seat } from "../wire/types.ts";
import { arenaTitle, seatNames } from "./words.ts";

type Deal = Extract<
  GameEvent,
  { type: "proposal_made" | "proposal_countered" | "proposal_answered" | "pact_concluded" }
>;

/** log: what came before, this event included; a proposal's first mention says whose it was. */
export function dealSpoken(
  event: Deal,
  after: Position,
  mine: Seat | null,
  log: readonly GameEvent[],
): string | null {
  const nameOf = seatNames(after.scenario);
  switch (event.type) {
    case "proposal_made":
      return made(
        event.number,
        event.proposer,
        event.terms.parties,
        nameOf(event.proposer),
        mine,
        log,
      );
    case "proposal_countered": {
      if (event.seat === mine) return t("spoken.countered.mine");
      const isYours = mine !== null && proposerOf(event.number, log) === mine;
      return t(isYours ? "spoken.countered" : "spoken.countered.all", { name: nameOf(event.seat) });
    }
    case "proposal_answered":
      return answered(event, nameOf(event.seat), mine, log);
    case "pact_concluded":
      return t("spoken.concluded", { names: list(event.pact.terms.parties.map(nameOf)) });
  }
}

/** Every pledge that came due in a round, as the ledger has it. */
export function pledgesSpoken(round: number, after: Position, log: readonly GameEvent[]): string[] {
  const nameOf = seatNames(after.scenario);
  const words = {
    kept: "spoken.kept",
    broken: "spoken.breach",
    executed: "spoken.executed",
  } as const;
  const rows = ledgerOf(log).stories.flatMap((story) =>
    story.rows.filter((row) => row.round === round),
  );
  return rows.map(({ seat, arena, outcome }) => {
    const found = after.arenas.find(({ name }) => name === arena);
    return t(words[outcome], { name: nameOf(seat), arena: found ? arenaTitle(found) : arena });
  });
}

function made(
  number: number,
  proposer: Seat,
  parties: readonly Seat[],
  name: string,
  mine: Seat | null,
  log: readonly GameEvent[],
): string | null {
  // what takes the place of another proposal was told of with the end of that one, where that was shown
  const isCounter = log.some(
    (each) => each.type === "proposal_countered" && each.counter === number,
  );
  if (proposer === mine) return isCounter ? null : t("spoken.proposed.mine");
  const isForMe = mine !== null && parties.includes(mine);
  return t(isForMe ? "spoken.proposed" : "spoken.proposed.all", { name });
}

function answered(
  event: ProposalAnswered,
  name: string,
  mine: Seat | null,
  log: readonly GameEvent[],
): string {
  const proposer = proposerOf(event.number, log);
  const isMe = event.seat === mine;
  if (event.accepts) return isMe ? t("spoken.agreed.mine") : t("spoken.agreed", { name });
  if (event.seat === proposer)
    return isMe ? t("spoken.withdrawn.mine") : t("spoken.withdrawn", { name });
  if (isMe) return t("spoken.declined.mine");
  return t(proposer !== null && proposer === mine ? "spoken.declined.yours" : "spoken.declined", {
    name,
  });
}

function proposerOf(number: number, log: readonly GameEvent[]): Seat | null {
  const first = log.find((each) => each.type === "proposal_made" && each.number === number);
  return first?.type === "proposal_made" ? first.proposer : null;
}
