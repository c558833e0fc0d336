import { beforeEach, expect, test } from "vitest";
import type { ArenaAdvice, MoveOffer } from "../wire/types.ts";
import { chance } from "../rules/chances.ts";
import { ApiError } from "./api.ts";
import { Advisor } from "./advisor.svelte.ts";

let asked: string[];
let advisor: Advisor;
let refuses: boolean;

beforeEach(() => {
  asked = [];
  refuses = false;
  const answer = (what: string) => {
    asked.push(what);
    if (refuses) throw new ApiError(409, "no_advisor", "this match is played without the advisor");
    return [];
  };
  advisor = new Advisor({
    advice: async () => answer("advice") as ArenaAdvice[],
    moves: async () => answer("moves") as MoveOffer[],
  });
});

test("a question is asked once a round, and again in the next", async () => {
  await advisor.askAdvice("1");
  await advisor.askAdvice("1");
  await advisor.askAdvice("2");
  await advisor.askMoves("1");
  expect(asked).toEqual(["advice", "advice", "moves"]);
  expect(advisor.advice).toEqual({ key: "2", is: [] });
});

test("a refusal is kept until the next question, and asked again", async () => {
  refuses = true;
  await advisor.askAdvice("1");
  expect(advisor.problem?.code).toBe("no_advisor");
  refuses = false;
  await advisor.askAdvice("1");
  expect(advisor.problem).toBeNull();
  expect(advisor.advice?.is).toEqual([]);
});

test("two cards that ask at once wait for one answer", async () => {
  await Promise.all([advisor.askAdvice("1"), advisor.askAdvice("1"), advisor.askMoves("1")]);
  expect(asked).toEqual(["advice", "moves"]);
  expect(advisor.advice?.is).toEqual([]);
});

test("what the server puts off is asked again when it says", async () => {
  const pauses: number[] = [];
  let busy = 2;
  const advice = async () => {
    if (busy-- > 0) throw new ApiError(429, "too_many_requests", "wait a second", 1000);
    return [];
  };
  const patient = new Advisor({ advice, moves: async () => [] }, async (ms) => {
    pauses.push(ms);
  });
  await patient.askAdvice("1");
  expect(pauses).toEqual([1000, 1000]);
  expect(patient.problem).toBeNull();
  expect(patient.advice?.is).toEqual([]);
});

test("a server that puts off for ever is believed in the end", async () => {
  const advice = async () => {
    throw new ApiError(429, "too_many_requests", "wait a second", 1000);
  };
  const patient = new Advisor({ advice, moves: async () => [] }, async () => {});
  await patient.askAdvice("1");
  expect(patient.problem?.code).toBe("too_many_requests");
});

test("chances read back from fractions and decimals", () => {
  expect(["1/2", "0", "0.8249", "2/3"].map(chance)).toEqual([0.5, 0, 0.8249, 2 / 3]);
});
