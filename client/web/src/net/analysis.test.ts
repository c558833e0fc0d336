import { expect, test } from "vitest";
import { Analysis } from "./analysis.ts";
import { ApiError } from "./api.ts";

function answering(...answers: unknown[]) {
  const asked: string[] = [];
  const waits: number[] = [];
  const analysis = new Analysis(
    (what, about) => {
      asked.push(`${what}?${new URLSearchParams(about)}`);
      const next = answers.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as never);
    },
    (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  );
  return { analysis, asked, waits };
}

test("an answer is asked for until it is found, and its progress is told", async () => {
  const found = { weighed: 1, moments: [], breaches: [] };
  const { analysis, asked } = answering({ done: 1, of: 4, found: null }, { done: 4, of: 4, found });
  const shares: number[] = [];
  expect(await analysis.moments((share) => shares.push(share))).toBe(found);
  expect(shares).toEqual([0.25]);
  expect(asked).toEqual(["moments?", "moments?"]);
});

test("a busy server is asked again when it says so; another refusal is told", async () => {
  const busy = new ApiError(429, "too_many_questions", "", 700);
  const older = new ApiError(409, "older_rules", "");
  const { analysis, asked, waits } = answering(busy, older);
  const choice = { round: 3, seat: "USA", arena: "strait" };
  await expect(analysis.whatIf(choice, () => undefined)).rejects.toBe(older);
  expect(waits).toEqual([700]);
  expect(asked[0]).toBe("what-if?round=3&seat=USA&arena=strait");
});

test("a server that stays busy is given up", async () => {
  const busy = Array.from({ length: 40 }, () => new ApiError(429, "too_many_questions", ""));
  const { analysis, waits } = answering(...busy);
  await expect(analysis.forecast(2, () => undefined)).rejects.toBe(busy[30]);
  expect(waits).toHaveLength(30);
});
