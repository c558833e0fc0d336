import { beforeEach, expect, test } from "vitest";
import type { ArenaAdvice, MoveOffer } from "../wire/types.ts";
import { chance } from "../rules/chances.ts";
import { ApiError } from "./api.ts";
import { Counsel } from "./counsel.svelte.ts";

let asked: string[];
let counsel: Counsel;
let refuses: boolean;

beforeEach(() => {
  asked = [];
  refuses = false;
  const answer = (what: string) => {
    asked.push(what);
    if (refuses) throw new ApiError(409, "no_advisor", "this match is played without the advisor");
    return [];
  };
  counsel = new Counsel({
    advice: async () => answer("advice") as ArenaAdvice[],
    moves: async () => answer("moves") as MoveOffer[],
  });
});

test("a question is asked once a round, and again in the next", async () => {
  await counsel.askAdvice("1");
  await counsel.askAdvice("1");
  await counsel.askAdvice("2");
  await counsel.askMoves("1");
  expect(asked).toEqual(["advice", "advice", "moves"]);
  expect(counsel.advice).toEqual({ key: "2", is: [] });
});

test("a refusal is kept until the next question, and asked again", async () => {
  refuses = true;
  await counsel.askAdvice("1");
  expect(counsel.problem?.code).toBe("no_advisor");
  refuses = false;
  await counsel.askAdvice("1");
  expect(counsel.problem).toBeNull();
  expect(counsel.advice?.is).toEqual([]);
});

test("chances read back from fractions and decimals", () => {
  expect(["1/2", "0", "0.8249", "2/3"].map(chance)).toEqual([0.5, 0, 0.8249, 2 / 3]);
});
