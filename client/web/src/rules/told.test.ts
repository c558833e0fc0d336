import { describe, expect, test } from "vitest";
import type { GameEvent, Seat } from "../wire/types.ts";
import { branched, opens } from "./sample-events.ts";
import { created, scenario } from "./samples.ts";
import { cameLate, toldOf, type Told, type ToldAt } from "./told.ts";

const at_ms = 5;
const ME = { person: "ann" };
const sits = (seat: Seat, person: string, name: string): GameEvent => ({
  type: "seat_taken",
  seat,
  person,
  name,
  at_ms,
});
const joins = (seat: Seat, person: string, name: string): GameEvent => ({
  type: "delegate_joined",
  seat,
  person,
  name,
  at_ms,
});
const leaves = (seat: Seat, person: string): GameEvent => ({
  type: "delegate_left",
  seat,
  person,
  at_ms,
});
const empties = (seat: Seat): GameEvent => ({ type: "seat_vacated", seat, at_ms });
const passes = (seat: Seat, person: string): GameEvent => ({
  type: "pen_passed",
  seat,
  person,
  at_ms,
});
const START = [created(scenario()), sits("CHN", "ann", "Ann"), opens(0, "briefing")];
const PLAYED = [...START, opens(1, "negotiation"), opens(1, "decision")];

function told(log: readonly GameEvent[], you: Parameters<typeof toldOf>[1] = ME): object[] {
  return toldOf(log, you).map((one) => ({ ...one, at: 0 }));
}

/** What was told, wherever in the log. */
const is = (...all: Told[]): ToldAt[] => all.map((one) => ({ ...one, at: 0 }));

test("whoever is moved is told where to, and whoever stays is not", () => {
  const log = [...PLAYED, empties("CHN"), sits("PHL", "ann", "Ann")];
  expect(told(log)).toEqual(is({ is: "moved", seat: "PHL" }));
  expect(told(PLAYED)).toEqual([]);
  expect(told(log, { person: "cy" })).toEqual([]);
});

test("a seat that was changed in the lobby is no news", () => {
  const log = [created(scenario()), sits("CHN", "ann", "Ann"), empties("CHN")];
  expect(told([...log, sits("PHL", "ann", "Ann"), opens(0, "briefing")])).toEqual([]);
});

test("a seat that was lost and given back is no move", () => {
  expect(told([...PLAYED, empties("CHN"), sits("CHN", "ann", "Ann")])).toEqual([]);
});

test("those of a seat are told who joined, who left and who holds the pen", () => {
  const log = [...PLAYED, joins("CHN", "bo", "Bo"), passes("CHN", "bo")];
  expect(told(log)).toEqual(
    is({ is: "joined", name: "Bo" }, { is: "pen", seat: "CHN", name: "Bo", isMine: false }),
  );
  const back = [...log, passes("CHN", "ann"), leaves("CHN", "bo")];
  expect(told(back)).toEqual(
    is(
      { is: "joined", name: "Bo" },
      { is: "pen", seat: "CHN", name: "Ann", isMine: true },
      { is: "left", name: "Bo" },
    ),
  );
});

test("whoever is moved out of a delegation is not told what became of it", () => {
  const shared = [...PLAYED, joins("CHN", "bo", "Bo")];
  const moved = [passes("CHN", "bo"), leaves("CHN", "ann"), sits("PHL", "ann", "Ann")];
  expect(told([...shared, ...moved])).toEqual(is({ is: "moved", seat: "PHL" }));
  expect(told([...shared, ...moved], { person: "bo" })).toEqual(
    is({ is: "pen", seat: "CHN", name: "Bo", isMine: true }, { is: "left", name: "Ann" }),
  );
});

test("an undo is told to everybody, with the moment that is played again", () => {
  const log = [...START, opens(1, "negotiation"), branched()];
  expect(told(log)).toEqual(is({ is: "undone", round: 1, phase: "negotiation" }));
  expect(told(log, { person: "cy" })).toEqual(told(log));
  expect(told([...log, opens(1, "decision")])).toHaveLength(1);
});

test("what was told is over with the round", () => {
  const log = [...START, opens(1, "negotiation"), branched(), opens(2, "negotiation")];
  expect(told(log)).toEqual([]);
});

test("late is whoever was seated after the briefing", () => {
  expect(cameLate(PLAYED, "ann")).toBe(false);
  expect(cameLate([...START, sits("PHL", "bo", "Bo")], "bo")).toBe(false);
  expect(cameLate([...PLAYED, sits("PHL", "bo", "Bo")], "bo")).toBe(true);
  expect(cameLate([...PLAYED, joins("CHN", "bo", "Bo")], "bo")).toBe(true);
  expect(cameLate(PLAYED, "nobody")).toBe(false);
  expect(cameLate(PLAYED, null)).toBe(false);
});

test("the proposer is told who declined, and what others answer each other is left to the log", () => {
  const terms = {
    parties: ["CHN", "PHL", "USA"],
    pledges: [],
    transfers: [],
    rounds: 1,
    binding: "treaty" as const,
    stake: 0,
    is_conditional: false,
  };
  const made: GameEvent = {
    type: "proposal_made",
    round: 1,
    number: 7,
    proposer: "CHN",
    terms,
    at_ms,
  };
  const answers = (seat: string, accepts: boolean): GameEvent => ({
    type: "proposal_answered",
    round: 1,
    number: 7,
    parties: terms.parties,
    seat,
    accepts,
    at_ms,
  });
  const log = [...START, sits("PHL", "cy", "Cy"), opens(1, "negotiation"), made];
  expect(told([...log, answers("PHL", false)])).toEqual(is({ is: "declined", seat: "PHL" }));
  const other = [...START, sits("USA", "di", "Di"), opens(1, "negotiation"), made];
  expect(told([...other, answers("PHL", false)], { person: "di" })).toEqual([]);
  expect(told([...other, answers("CHN", false)], { person: "di" })).toEqual([]);
  expect(told([...log, answers("PHL", true)])).toEqual([]);
  expect(told([...log, answers("CHN", false)])).toEqual([]);
  expect(told([...log, answers("PHL", false)], { person: "cy" })).toEqual([]);
  expect(told([...log, answers("PHL", false), opens(2, "negotiation")])).toEqual([]);
});

test("whoever loses the seat is told why, until they have another one", () => {
  const bot: GameEvent = { type: "bot_seated", seat: "CHN", strategy: null, at_ms };
  expect(told([...PLAYED, empties("CHN")])).toEqual(is({ is: "freed", seat: "CHN" }));
  expect(told([...PLAYED, bot])).toEqual(is({ is: "replaced", seat: "CHN" }));
  expect(told([...PLAYED, empties("CHN")], { person: "bo" })).toEqual([]);
  expect(told([...START.slice(0, 2), empties("CHN")])).toEqual([]);
  const again = { ...sits("PHL", "ann", "Ann"), at_ms: at_ms + 9 } as GameEvent;
  expect(told([...PLAYED, empties("CHN"), again])).toEqual([]);
});

describe("of what the facilitator says and brings", () => {
  const PLAYER = { person: "ann", role: "player" as const };
  const says = (text: string, room: Seat[] = []): GameEvent => ({
    type: "message_said",
    round: 1,
    sender: null,
    speaker: null,
    room,
    text,
    act: null,
    at_ms,
  });
  const opened: GameEvent = {
    type: "inject_opened",
    round: 1,
    inject: { name: "reef", title: "A reef", text: "", rounds: 1, effects: [], round: null },
    first_round: 2,
    last_round: 2,
    at_ms,
  };
  const texts = (log: readonly GameEvent[], you: Parameters<typeof toldOf>[1] = PLAYER) =>
    toldOf(log, you).map((one) =>
      one.is === "said" ? one.message.text : one.is === "news" ? one.title : one.is,
    );

  test("players are told what is for them, the last two of it", () => {
    expect(texts([...PLAYED, says("all"), says("them", ["PHL"]), says("me", ["CHN"])])).toEqual([
      "all",
      "me",
    ]);
    expect(texts([...PLAYED, says("1"), says("2"), says("3")])).toEqual(["2", "3"]);
    expect(texts([...PLAYED, says("all")], { person: null, role: "facilitator" })).toEqual([]);
    expect(texts([...PLAYED, says("all")], { person: null })).toEqual([]);
  });

  test("news is told at once, and no longer when it is taken back", () => {
    const closed: GameEvent = { type: "inject_closed", round: 1, inject: "reef", at_ms };
    expect(texts([...PLAYED, opens(1, "reveal"), opened])).toEqual(["A reef"]);
    expect(texts([...PLAYED, opened, closed])).toEqual([]);
  });

  test("both stay through the next round, and no longer", () => {
    const said = [...PLAYED, says("all"), opened, opens(2, "negotiation")];
    expect(texts(said)).toEqual(["all", "A reef"]);
    expect(texts([...said, opens(3, "negotiation")])).toEqual([]);
  });
});
