// @vitest-environment node
import { createHash, webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { created, scenario } from "../rules/samples.ts";
import { openRecord, RecordProblem } from "./record.ts";

const subtle = webcrypto.subtle as unknown as SubtleCrypto;
const EVENTS = [
  { ...created(scenario()), seed: "7" },
  { type: "match_paused", at_ms: 5 },
];

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

const bytes = (text: string) => new TextEncoder().encode(text);

test("a record gives its events, and all its lines hold", async () => {
  expect(await openRecord(bytes(RECORD), subtle)).toEqual({
    events: EVENTS,
    names: {},
    broken: 0,
    changes: [],
    isNotation: false,
    raw: bytes(RECORD),
  });
});

test("one changed letter is found and its line named", async () => {
  const changed = RECORD.replace('"at_ms":5', '"at_ms":6');
  expect((await openRecord(bytes(changed), subtle)).broken).toBe(3);
});

test("without a digest nothing is claimed", async () => {
  expect((await openRecord(bytes(RECORD), undefined)).broken).toBeNull();
});

test("what happened on the way is told", async () => {
  const arrived = `\ufeff${RECORD.replaceAll("\n", "\r\n")}`;
  expect((await openRecord(bytes(arrived), subtle)).changes).toEqual(["marked", "line_ends"]);
});

const forged = (event: object) => write([HEADER, { seq: 1, event }, { end: 1 }]);

test.each([
  ["", 1, "empty"],
  ["hello", 1, "not the header"],
  ["hello\n", 1, "not JSON"],
  [write([{ format: "other" }]), 1, "not the header"],
  [write([HEADER, { seq: 2, event: EVENTS[0] }, { end: 1 }]), 2, "should hold event 1"],
  [RECORD.slice(0, -20), 4, "cut short"],
  [forged({ type: "match_created" }), 1, "other rules"],
  [forged({ type: "match_created", rules_version: 1 }), 2, "cannot be shown"],
  [forged({ ...EVENTS[0], rules_version: 2 }), 1, "other rules"],
])("what is no record is refused with its line: %j", async (text, line, problem) => {
  const read = openRecord(bytes(text), subtle);
  await expect(read).rejects.toThrow(RecordProblem);
  await expect(openRecord(bytes(text), subtle)).rejects.toMatchObject({
    line,
    message: expect.stringContaining(problem) as string,
  });
});

const TAKEN = { type: "seat_taken", seat: "CHN", person: "p1", name: "", at_ms: 5 };
const SECOND = [{ ...EVENTS[0], rules_version: 2 }, TAKEN];
const BODIES = [
  { ...HEADER, rules_version: 2 },
  ...SECOND.map((event, i) => ({ seq: i + 1, event })),
  { end: 2 },
];

test("a record of rules 2 has its names in a last line, and holds without it", async () => {
  const whole = await openRecord(bytes(write([...BODIES, { people: { p1: "Amna" } }])), subtle);
  expect([whole.names, whole.broken]).toEqual([{ p1: "Amna" }, 0]);
  const bare = await openRecord(bytes(write(BODIES)), subtle);
  expect([bare.names, bare.broken]).toEqual([{}, 0]);
  expect(bare.events).toEqual(whole.events);
});

test("a changed name is found, and its line named", async () => {
  const record = write([...BODIES, { people: { p1: "Amna" } }]).replace("Amna", "Anna");
  expect((await openRecord(bytes(record), subtle)).broken).toBe(5);
});

test.each([
  [{ people: {} }],
  [{ people: { p2: "Bo" } }],
  [{ people: { p1: 7 } }],
  [{ people: ["Amna"] }],
  [{ people: { p1: "Amna" }, more: 1 }],
])("a line of names is what the program writes: %j", async (people) => {
  await expect(openRecord(bytes(write([...BODIES, people])), subtle)).rejects.toMatchObject({
    line: 5,
  });
});
