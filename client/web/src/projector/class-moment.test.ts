import { expect, test } from "vitest";
import { tableCard, waitedFor } from "../net/seminar-samples.ts";
import type { TableCard } from "../wire/types.ts";
import {
  FirstTimes,
  resultsOf,
  curves,
  isInStep,
  lastTable,
  measureOf,
  readiness,
  viewOf,
  waitedNames,
  withResults,
} from "./class-moment.ts";

const lobby = tableCard({ phase: "lobby", round: 0 });
const deciding = tableCard();
const revealed = tableCard({ phase: "reveal", cooperation: [0.5, 0.75], index: [40, 60] });
const over = tableCard({ phase: "debrief", cooperation: [1], index: [80] });

test.each<[string, TableCard[], string]>([
  ["nobody has been dealt", [], "code"],
  ["nothing has begun", [lobby, lobby], "code"],
  ["one table plays", [lobby, deciding], "tables"],
  ["one table still plays its round", [revealed, deciding], "tables"],
  ["all have results", [revealed, revealed], "results"],
  ["those that play have results", [revealed, over], "results"],
  [
    "a table waits at the door, without a phase of reveal",
    [{ ...deciding, cooperation: [1], waits_for: [2] }],
    "results",
  ],
  ["all have ended", [over, over], "curve"],
])("if %s it shows by itself the right thing", (_, tables, view) => {
  expect(viewOf(tables)).toBe(view);
});

test("the class's clock is that of the table that is furthest behind and ends last", () => {
  const late = tableCard({ number: 2, deadline_ms: 95_000 });
  const ahead = tableCard({ number: 3, round: 3, deadline_ms: 99_000 });
  const talking = tableCard({ number: 4, phase: "negotiation", deadline_ms: 1 });
  expect(lastTable([deciding, late, ahead])?.number).toBe(2);
  expect(lastTable([deciding, late, ahead, talking])?.number).toBe(4);
  expect(lastTable([lobby, over])).toBeNull();
  expect(isInStep([deciding, late, over])).toBe(true);
  expect(isInStep([deciding, ahead])).toBe(false);
});

test("those who are ready are counted where a table tells it", () => {
  const secret = tableCard({ waited_for: null });
  const waits = tableCard({ waited_for: [waitedFor("Ann", "Ben"), waitedFor("Mei")] });
  expect(readiness([secret])).toBeNull();
  expect(readiness([secret, waits, over])).toEqual({ ready: 3, all: 5 });
  expect(waitedNames(waits)).toEqual(["Ann", "Ben", "Mei"]);
  expect(waitedNames(tableCard({ waited_for: [waitedFor()] }))).toEqual(["China"]);
});

test("the mean is of the tables that have played so many rounds", () => {
  const lines = curves(
    [revealed, { ...over, number: 2 }, lobby],
    "index",
    ({ number }) => `${number}`,
    "mean",
  );
  expect(lines).toEqual([
    { name: "1", values: [40, 60] },
    { name: "2", values: [80] },
    { name: "mean", values: [60, 60] },
  ]);
  expect(curves([lobby], "index", () => "", "mean")).toEqual([]);
  expect(withResults([lobby, revealed, over])).toHaveLength(2);
});

test("the results of a table are new once a round, whatever was shown between", () => {
  const showing = new FirstTimes();
  const next = tableCard({ ...revealed, cooperation: [0.5, 0.75, 1] });
  const other = tableCard({ ...revealed, match: "another" });
  const shown = [revealed, other, revealed, next, next].map(resultsOf);
  expect(shown.map((what) => showing.isFirst(what))).toEqual([true, true, false, true, false]);
});

test("the curves count the index once every table is told it, and none is left out before", () => {
  const inFog = tableCard({ cooperation: [0.5], index: [] });
  expect(measureOf([revealed, over])).toBe("index");
  expect(measureOf([over, inFog])).toBe("cooperation");
  expect(measureOf([])).toBe("cooperation");
});
