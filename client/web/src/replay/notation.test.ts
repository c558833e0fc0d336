import { expect, test } from "vitest";
import { ApiError } from "../net/api.ts";
import { Patience } from "../net/analysis.ts";
import { isNotation, openNotation } from "./notation.ts";
import { RecordProblem } from "./record.ts";
import { sealWords } from "./seal-words.ts";
import example from "./example-notation.txt?raw";

const bytes = (text: string) => new TextEncoder().encode(text);

test.each([
  [example, true],
  ["\ufeff# a match\n\n  # two\n  detente-notation/9\n", true],
  ["# detente-notation/1\n", false],
  ['{"format":"detente-record/1"}\n', false],
  ["", false],
])("%j is a notation: %s", (text, is) => {
  expect(isNotation(bytes(text))).toBe(is);
});

test("what the server sends back is opened as a record, and again while it is busy", async () => {
  const asked: string[] = [];
  const play = async (text: Blob) => {
    asked.push(await text.text());
    if (asked.length === 1) throw new ApiError(429, "too_many_questions", "");
    return new Blob(["no record"]);
  };
  const patience = new Patience(() => Promise.resolve());
  const opened = openNotation(bytes(example), play, patience);
  await expect(opened).rejects.toBeInstanceOf(RecordProblem);
  expect(asked).toEqual([example, example]);
});

test("a notation is never said to be checked", () => {
  const opened = {
    events: [],
    names: {},
    broken: 0,
    changes: [],
    raw: bytes(""),
    isNotation: true,
  };
  expect(sealWords(opened).words).toContain("nothing was checked");
});
