/** What a finished match says of each seat, in figures for a debrief.
 *
 * A fold over a whole log: drafts and forecasts are private while a match runs, so a view of one
 * seat counts only what that seat may know.
 */
import { isPromise } from "./audit.ts";
import { ledgerOf } from "./ledger.ts";
import { isOmission } from "./omissions.ts";
import type {
  Action,
  ForecastSaved,
  GameEvent,
  OrderSaved,
  RoundResolved,
  Seat,
} from "../wire/types.ts";

export type Account = {
  /** Choices in arenas, and how many of them cooperated. */
  choices: number;
  cooperated: number;
  /** Choices that were left open, and filled in by a rule or a pact. */
  omitted: number;
  /** Pledges of pacts that came due. */
  kept: number;
  broken: number;
  executed: number;
  /** Words that were tagged as a promise or an assurance. */
  promises: number;
  /** Choices that did not stay as they were first drafted. */
  turned: number;
  /** What others noted that they expected of this seat, and how much of it was so. */
  expected: number;
  foreseen: number;
};

type Open = { drafts: Map<string, Action>; forecasts: Map<string, ForecastSaved> };

const NOTHING: Account = {
  choices: 0,
  cooperated: 0,
  omitted: 0,
  kept: 0,
  broken: 0,
  executed: 0,
  promises: 0,
  turned: 0,
  expected: 0,
  foreseen: 0,
};

/** Keep the accounts of all seats. */
export function accountsOf(
  log: readonly GameEvent[],
  seats: readonly Seat[],
): Record<Seat, Account> {
  const pledged = ledgerOf(log).accounts;
  const accounts: Record<Seat, Account> = {};
  for (const seat of seats) {
    const { kept = 0, broken = 0, executed = 0 } = pledged[seat] ?? {};
    accounts[seat] = { ...NOTHING, kept, broken, executed };
  }
  let open: Open = { drafts: new Map(), forecasts: new Map() };
  for (const event of log) {
    if (event.type === "order_saved") draft(open, event);
    else if (event.type === "forecast_saved")
      open.forecasts.set(`${event.seat} ${event.arena}`, event);
    else if (event.type === "message_said" && isPromise(event)) {
      const account = accounts[event.sender!];
      if (account) account.promises += 1;
    } else if (event.type === "round_resolved") {
      reckon(accounts, event, open);
      open = { drafts: new Map(), forecasts: new Map() };
    }
  }
  return accounts;
}

/** The first choice a seat stored in an arena is its draft. */
function draft({ drafts }: Open, { seat, actions }: OrderSaved): void {
  for (const [arena, action] of Object.entries(actions)) {
    const key = `${seat} ${arena}`;
    if (!drafts.has(key)) drafts.set(key, action);
  }
}

function reckon(
  accounts: Record<Seat, Account>,
  { results }: RoundResolved,
  { drafts, forecasts }: Open,
): void {
  for (const { arena, actions, sources } of results) {
    for (const [seat, action] of Object.entries(actions)) {
      const account = accounts[seat];
      if (!account) continue;
      account.choices += 1;
      if (action === "C") account.cooperated += 1;
      if (isOmission(sources[seat])) account.omitted += 1;
      const drafted = drafts.get(`${seat} ${arena}`);
      if (sources[seat] === "ordered" && drafted !== undefined && drafted !== action)
        account.turned += 1;
    }
    for (const forecast of forecasts.values()) {
      if (forecast.arena === arena) compare(accounts, forecast, actions);
    }
  }
}

function compare(
  accounts: Record<Seat, Account>,
  forecast: ForecastSaved,
  done: Readonly<Record<Seat, Action>>,
): void {
  for (const [seat, guess] of Object.entries(forecast.actions)) {
    const account = accounts[seat];
    if (!account || seat === forecast.seat || done[seat] === undefined) continue;
    account.expected += 1;
    if (done[seat] === guess) account.foreseen += 1;
  }
}
