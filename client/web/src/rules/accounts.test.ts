import { expect, test } from "vitest";
import { accountsOf } from "./accounts.ts";
import { auditOf } from "./audit.ts";
import { chosen, resolved, saved } from "./sample-events.ts";
import type { Action, GameEvent, MessageSaid, OrderSource, RoundResolved } from "../wire/types.ts";

const SEATS = ["CHN", "PHL"];

const expects = (seat: string, of: string, action: Action): GameEvent => ({
  type: "forecast_saved",
  round: 1,
  seat,
  arena: "talks",
  actions: { [of]: action },
  at_ms: 2,
});
const says = (act: "promise" | "threaten"): GameEvent => ({
  type: "message_said",
  round: 1,
  sender: "CHN",
  room: [],
  text: "We will.",
  act,
  at_ms: 2,
  speaker: null,
});

function played(actions: Record<string, Action>, source: OrderSource = "ordered"): RoundResolved {
  const sources = { CHN: source, PHL: "ordered" } as const;
  return resolved(1, { results: [chosen(actions, { sources })] });
}

test("choices and cooperation are counted, and promises but not threats", () => {
  const accounts = accountsOf(
    [says("promise"), says("threaten"), played({ CHN: "D", PHL: "C" })],
    SEATS,
  );
  expect(accounts["CHN"]).toMatchObject({ choices: 1, cooperated: 0, promises: 1 });
  expect(accounts["PHL"]).toMatchObject({ choices: 1, cooperated: 1, promises: 0 });
});

test("a choice turned if it is not what was first drafted, by the seat's own hand", () => {
  const turned = [saved("CHN", "C"), saved("CHN", "D")];
  expect(accountsOf([...turned, played({ CHN: "D", PHL: "C" })], SEATS)["CHN"]!.turned).toBe(1);
  expect(
    accountsOf([...turned, saved("CHN", "C"), played({ CHN: "C", PHL: "C" })], SEATS)["CHN"]!
      .turned,
  ).toBe(0);
  expect(
    accountsOf([saved("CHN", "C"), played({ CHN: "D", PHL: "C" }, "facilitator")], SEATS)["CHN"]!
      .turned,
  ).toBe(0);
});

test("the last forecast of each counts once its round is open, and not for the next round", () => {
  const log = [
    expects("PHL", "CHN", "C"),
    expects("PHL", "CHN", "D"),
    played({ CHN: "D", PHL: "C" }),
    played({ CHN: "D", PHL: "C" }),
  ];
  expect(accountsOf(log, SEATS)["CHN"]).toMatchObject({ expected: 1, foreseen: 1 });
  expect(
    accountsOf([expects("PHL", "CHN", "C"), played({ CHN: "D", PHL: "C" })], SEATS)["CHN"],
  ).toMatchObject({ expected: 1, foreseen: 0 });
  expect(
    accountsOf([expects("PHL", "PHL", "C"), played({ CHN: "D", PHL: "C" })], SEATS)["PHL"]!
      .expected,
  ).toBe(0);
});

test.each(["repeated", "defaulted", "kept"] as const)(
  "a choice left open is counted: %s",
  (how) => {
    const accounts = accountsOf([played({ CHN: "D", PHL: "C" }, how)], SEATS);
    expect(accounts["CHN"]).toMatchObject({ choices: 1, omitted: 1 });
    expect(accounts["PHL"]).toMatchObject({ choices: 1, omitted: 0 });
  },
);

test.each(["ordered", "executed", "autopilot", "facilitator"] as const)(
  "a choice that somebody made is no omission: %s",
  (how) => {
    expect(accountsOf([played({ CHN: "D", PHL: "C" }, how)], SEATS)["CHN"]!.omitted).toBe(0);
  },
);

test("a promise to the facilitator alone is no promise to the table", () => {
  const line: GameEvent = { ...(says("promise") as MessageSaid), room: ["CHN"] };
  const aside: GameEvent = { ...(says("promise") as MessageSaid), room: ["CHN", "PHL"] };
  const round = played({ CHN: "C", PHL: "C" });
  expect(accountsOf([line, round], SEATS)["CHN"]!.promises).toBe(0);
  expect(accountsOf([aside, round], SEATS)["CHN"]!.promises).toBe(1);
  expect(auditOf([line, round])).toEqual([]);
  expect(auditOf([aside, round])).toHaveLength(1);
});
