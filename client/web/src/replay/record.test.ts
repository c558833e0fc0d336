// @vitest-environment node
import { createHash, webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { created, scenario } from "../rules/samples.ts";
import { brokenLine, readRecord, RecordProblem } from "./record.ts";

const subtle = webcrypto.subtle as unknown as SubtleCrypto;
const EVENTS = [created(scenario()), { type: "match_paused", at_ms: 5 }];

/** As game_rules/records/record.py chains its lines. */
function write(bodies: object[]): string {
  let previous = "";
  return bodies
    .map((body) => {
      const text = JSON.stringify(body);
      previous = createHash("sha256").update(`${previous}\n${text}`).digest("hex");
      return `${text.slice(0, -1)},"hash":"${previous}"}\n`;
    })
    .join("");
}

const HEADER = { format: "detente-record/1", rules_version: 1, software_version: "0.1.0" };
const RECORD = write([HEADER, ...EVENTS.map((event, i) => ({ seq: i + 1, event })), { end: 2 }]);

test("a record gives its events and what made it", () => {
  expect(readRecord(RECORD)).toEqual({ events: EVENTS, rulesVersion: 1, softwareVersion: "0.1.0" });
});

test("all lines of an untouched record hold", async () => {
  expect(await brokenLine(RECORD, subtle)).toBe(0);
});

test("one changed letter is found and its line named", async () => {
  expect(await brokenLine(RECORD.replace('"at_ms":5', '"at_ms":6'), subtle)).toBe(3);
});

test("without a digest nothing is claimed", async () => {
  expect(await brokenLine(RECORD, undefined)).toBeNull();
});

test.each([
  ["", 1, "empty"],
  ["hello", 1, "not JSON"],
  ['{"format":"other"}', 1, "not the header"],
  [`${JSON.stringify(HEADER)}\n[1]\n`, 2, "holds no event"],
  [`${JSON.stringify(HEADER)}\n{"seq":2,"event":{"type":"x"}}`, 2, "should hold event 1"],
  [`${JSON.stringify(HEADER)}\n{"seq":`, 2, "not JSON"],
])("what is no record is refused with its line: %j", (text, line, problem) => {
  const read = () => readRecord(text);
  expect(read).toThrow(RecordProblem);
  expect(read).toThrow(problem);
  try {
    read();
  } catch (error) {
    expect((error as RecordProblem).line).toBe(line);
  }
});
