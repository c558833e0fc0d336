/** The ledger of pacts: every pledge that bound, round by round, and whether it was kept.
 *
 * A fold over a log, or over what one viewer may see of it. Whether a pledge was broken is the
 * engine's to say (its breaches), never guessed from what was seen in fog.
 */
import type {
  Action,
  ArenaResult,
  GameEvent,
  Pact,
  Pledge,
  PactTerms,
  Position,
  RoundResolved,
  Seat,
} from "../wire/types.ts";
import { resultIn } from "./series.ts";

/** Whether a pledge was kept; executed: the engine itself played it. */
export type Verdict = "kept" | "broken" | "executed";
/** One pledge in one round. forfeited: the stake that went to the other parties. seen: what the viewer
 * saw, which fog can make another action than what was done. */
export type LedgerRow = Pledge & {
  pact: number;
  round: number;
  outcome: Verdict;
  done: Action;
  seen: Action;
  forfeited: number;
};
/** A pact from its conclusion on. isOver: its last round has been played. */
type PactStory = { pact: Pact; rows: readonly LedgerRow[]; isOver: boolean };
type Account = { kept: number; broken: number; executed: number; forfeited: number };
export type Ledger = { stories: readonly PactStory[]; accounts: Readonly<Record<Seat, Account>> };

type Story = { pact: Pact; rows: LedgerRow[]; isOver: boolean };

/** Keep the ledger of a log. */
export function ledgerOf(log: readonly GameEvent[]): Ledger {
  const stories = new Map<number, Story>();
  for (const event of log) {
    if (event.type === "pact_concluded") {
      stories.set(event.pact.number, { pact: event.pact, rows: [], isOver: false });
    } else if (event.type === "round_resolved") {
      for (const story of stories.values()) if (!story.isOver) reckon(story, event);
    }
  }
  const all = [...stories.values()];
  return { stories: all, accounts: accountsOf(all.flatMap(({ rows }) => rows)) };
}

/** Whether a pact binds a party in a round; a conditional one lets go of whoever was let down. */
export function binds(
  { first_round, last_round, terms, breakers }: Pact,
  seat: Seat,
  round: number,
): boolean {
  if (round < first_round || round > last_round) return false;
  return !terms.is_conditional || breakers.every((other) => other === seat);
}

/** What binds a seat in an arena in a round, the oldest pact first. */
export function pledgesOn(
  pacts: readonly Pact[],
  arena: string,
  round: number,
): { pact: Pact; pledge: Pledge }[] {
  return pacts.flatMap((pact) =>
    pact.terms.pledges
      .filter((pledge) => pledge.arena === arena && binds(pact, pledge.seat, round))
      .map((pledge) => ({ pact, pledge })),
  );
}

/** The last round in which a pact can bind: none outlives its match, whatever it says. */
export function lastOf(
  { last_round }: Pick<Pact, "last_round">,
  { scenario }: Pick<Position, "scenario">,
): number {
  return Math.min(last_round, scenario.rounds);
}

/** The last round of a pact if it is concluded in the round at hand. */
export function lastIfNow({ rounds }: PactTerms, position: Position): number {
  return lastOf({ last_round: position.round + rounds - 1 }, position);
}

type Judged = { pledge: Pledge; result: ArenaResult; verdict: Verdict; forfeited: number };

/** Judge the pledges of a pact that bound in a round; the twin of `server/exports/negotiation.py`. */
export function judged(pact: Pact, resolved: RoundResolved): Judged[] {
  return pact.terms.pledges.flatMap((pledge) => {
    const { seat, arena } = pledge;
    const result = resolved.results.find((each) => each.arena === arena);
    if (result?.actions[seat] === undefined || !binds(pact, seat, resolved.round)) return [];
    const breach = resolved.breaches.find(
      (each) => each.pact === pact.number && each.seat === seat && each.arena === arena,
    );
    const verdict = result.sources[seat] === "executed" ? "executed" : "kept";
    const forfeited = breach?.forfeited ?? 0;
    return [{ pledge, result, verdict: breach ? "broken" : verdict, forfeited }];
  });
}

function reckon(story: Story, resolved: RoundResolved): void {
  const { pact } = story;
  story.rows.push(...rowsOf(pact, resolved));
  story.isOver = resolved.round >= pact.last_round;
  story.pact = resolved.pacts.find(({ number }) => number === pact.number) ?? pact;
}

function rowsOf(pact: Pact, resolved: RoundResolved): LedgerRow[] {
  const { round } = resolved;
  return judged(pact, resolved).map(({ pledge, result, verdict, forfeited }) => ({
    ...pledge,
    pact: pact.number,
    round,
    outcome: verdict,
    done: verdict === "broken" ? other(pledge.action) : pledge.action,
    seen: result.actions[pledge.seat]!,
    forfeited,
  }));
}

/** What a seat did in an arena by a pact that the viewer knows, where the viewer saw it otherwise. */
export function misread(
  pacts: readonly Pact[],
  resolved: RoundResolved,
  arena: string,
  seat: Seat,
): Action | null {
  const rows = pacts.flatMap((pact) => rowsOf(pact, resolved));
  const row = rows.find((each) => each.arena === arena && each.seat === seat);
  return row && row.seen !== row.done ? row.done : null;
}

/** What was done in an arena as far as the viewer knows: as it was seen, or as a pact shows it. */
export function knownIn(
  pacts: readonly Pact[],
  resolved: RoundResolved,
  arena: string,
): Record<Seat, Action> {
  const seen = Object.entries(resultIn(resolved, arena)?.actions ?? {});
  return Object.fromEntries(
    seen.map(([seat, action]) => [seat, misread(pacts, resolved, arena, seat) ?? action]),
  );
}

function accountsOf(rows: readonly LedgerRow[]): Record<Seat, Account> {
  const accounts: Record<Seat, Account> = {};
  for (const { seat, outcome, forfeited } of rows) {
    const account = (accounts[seat] ??= { kept: 0, broken: 0, executed: 0, forfeited: 0 });
    account[outcome] += 1;
    account.forfeited += forfeited;
  }
  return accounts;
}

function other(action: Action): Action {
  return action === "C" ? "D" : "C";
}
