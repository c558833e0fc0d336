import { expect, test } from "vitest";
import type { Keeps, StandingChange } from "../wire/types.ts";
import { BLANK } from "./samples.ts";
import { changed } from "./standing-change.ts";

const BEFORE = {
  ...BLANK,
  faith: { CHN: { USA: [1, 2] as const }, USA: { CHN: [3, 1] as const } },
  dependency: { CHN: { USA: 0.5 } },
  rivals: [
    { seats: ["CHN", "USA"] as const, tension: 0.3, is_in_crisis: false, arming_rounds: 0 },
    { seats: ["CHN", "IND"] as const, tension: 0.2, is_in_crisis: false, arming_rounds: 0 },
  ],
  institutions: { summit: 0.2 },
  norms: { summit: 0.5 },
  produced: { summit: 1 },
};

function change(keeps: Keeps): StandingChange {
  return {
    ...BLANK,
    rounds: 1,
    faith: { CHN: { IND: [1, 1] } },
    rivals: [
      { seats: ["CHN", "USA"], tension: 0.6, is_in_crisis: false, arming_rounds: 0, rung: 1 },
    ],
    institutions: { quad: 0.4 },
    produced: {},
    keeps,
  };
}

test("what a change does not name stays, and pairs keep their order", () => {
  const after = changed(BEFORE, change("all"));
  expect(after.faith).toEqual({ CHN: { USA: [1, 2], IND: [1, 1] }, USA: { CHN: [3, 1] } });
  expect(after.rivals.map(({ seats, tension }) => [...seats, tension])).toEqual([
    ["CHN", "USA", 0.6],
    ["CHN", "IND", 0.2],
  ]);
  expect(after.institutions).toEqual({ summit: 0.2, quad: 0.4 });
  expect("produced" in after).toBe(false);
});

test("who sees a part keeps no more than that part", () => {
  expect(Object.keys(changed(BEFORE, change("own")).faith)).toEqual(["CHN"]);
  const fog = changed(BEFORE, change("impressions"));
  expect([fog.dependency, fog.norms, fog.rivals.length]).toEqual([{}, {}, 1]);
  expect(fog.institutions).toEqual({ summit: 0.2, quad: 0.4 });
  expect(changed(BEFORE, change("nothing")).institutions).toEqual({ quad: 0.4 });
});

test("a row that is named without entries stays as it was, and is not made", () => {
  const named = { ...change("own"), faith: { CHN: {}, JPN: {} } };
  expect(changed(BEFORE, named).faith).toEqual({ CHN: { USA: [1, 2] } });
});
