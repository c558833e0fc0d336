import { expect, test } from "vitest";
import en from "../i18n/languages/en.json";

/** Texts whose name may be "you": what the advisor, the moves and the changed terms say. */
const ABOUT_ANYBODY = /^(advice\.|inForce\.|move\.(figure|class|effect))/;
const AGREES = /\{(name|who)\} (is|has|was|does|\w+[^s]s)\b/;

/** Words of ours that stand in no `.mine` of their own, so that "you is" cannot come out. */
function wrong(words: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(words).flatMap(([key, text]) => {
    const isFor = ABOUT_ANYBODY.test(key) && !(`${key}.mine` in words);
    return isFor && typeof text === "string" && AGREES.test(text) ? [key] : [];
  });
}

test("no sentence says “you is” or “you cooperates”", () => {
  expect(wrong({ "advice.x": "Only {name} cooperates." })).toEqual(["advice.x"]);
  expect(wrong(en.words)).toEqual([]);
});
