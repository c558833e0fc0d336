/** A match record from a file: JSON Lines, a header, one event a line, a closing line.

Reads what game_rules/records/record.py writes, and judges a file as it does, up to the rules: whether these were
followed only `detente verify` tells. Hashes are checked where the browser lends its digest, which it does on https
and on this machine only. */
import { evolve } from "../rules/evolve.ts";
import { areNamesBeside, personOf, type Names } from "../rules/people.ts";
import type { GameEvent, MatchCreated, Position } from "../wire/types.ts";

const FORMAT = "detente-record/1";
const NO_HEADER = `it is not the header of a ${FORMAT} file`;
const RULES_VERSIONS: readonly number[] = [1, 2];

/** A line that does not belong; line counts from 1. */
export class RecordProblem extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

/** What mail and editors did to the file on its way, without changing a word of it. */
type Change = "packed" | "marked" | "line_ends" | "blank_lines" | "no_last_end";

/** broken: the first line whose hash does not hold, 0 if all do, or null where that cannot be told. */
export type OpenedRecord = {
  events: GameEvent[];
  /** What people are called, where the events hold ids alone. */
  names: Names;
  broken: number | null;
  changes: readonly Change[];
  /** The file as it came. */
  raw: Uint8Array<ArrayBuffer>;
  /** Played from a text, which has no hashes. */
  isNotation: boolean;
};

type Body = Record<string, unknown>;

/** Read a record and check its chain. Throws RecordProblem naming the first line that does not fit. */
export async function openRecord(
  raw: Uint8Array,
  subtle: SubtleCrypto | undefined,
): Promise<OpenedRecord> {
  const { text, changes } = undoTransit(await unpacked(raw));
  const lines = text.split("\n");
  if (lines.pop() !== "") {
    if (!text.startsWith("{")) throw new RecordProblem(1, NO_HEADER);
    throw new RecordProblem(lines.length + 1, "the file is cut short");
  }
  const bodies = lines.map((line, i) => parse(line, i + 1));
  const broken = await brokenLine(lines, subtle);
  const names = namesOf(bodies);
  const events = broken ? changedEvents(bodies, broken) : eventsOf(bodies);
  if (!broken) {
    requireSameRules(bodies[0]!, events[0]!);
    requireShown(events);
    if (names !== null) requireInLog(names, events);
  }
  return {
    events,
    names: names ?? {},
    broken,
    changes: isPacked(raw) ? ["packed", ...changes] : changes,
    raw: new Uint8Array(raw),
    isNotation: false,
  };
}

/** The text of a record as it came. */
export async function textOf({ raw }: Pick<OpenedRecord, "raw">): Promise<string> {
  return new TextDecoder().decode(await unpacked(raw));
}

/** What can be shown of a changed record. Throws RecordProblem naming the changed line if nothing can. */
function changedEvents(bodies: readonly Body[], broken: number): GameEvent[] {
  try {
    const events = eventsOf(bodies);
    requireShown(events);
    return events;
  } catch (error) {
    if (!(error instanceof RecordProblem)) throw error;
    throw new RecordProblem(broken, `it does not match its hash, and then ${error.message}`);
  }
}

/** Give the first line whose hash does not hold, 0 if all do, or null where that cannot be told. */
async function brokenLine(
  lines: readonly string[],
  subtle: SubtleCrypto | undefined,
): Promise<number | null> {
  if (!subtle) return null;
  let previous = "";
  for (const [i, line] of lines.entries()) {
    const stated = HASH.exec(line)!;
    previous = await sha256(subtle, `${previous}\n${line.slice(0, stated.index)}}`);
    if (previous !== stated[1]) return i + 1;
  }
  return 0;
}

const HASH = /,"hash":"([0-9a-f]{64})"\}$/;
const MARK = "\ufeff";

const isPacked = (raw: Uint8Array): boolean => raw[0] === 0x1f && raw[1] === 0x8b;

async function unpacked(raw: Uint8Array): Promise<Uint8Array> {
  if (!isPacked(raw)) return raw;
  try {
    const packed = new Blob([raw as Uint8Array<ArrayBuffer>]).stream();
    const plain = packed.pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(plain).arrayBuffer());
  } catch {
    throw new RecordProblem(1, "the file is packed with gzip, and damaged or cut short");
  }
}

function undoTransit(raw: Uint8Array): { text: string; changes: Change[] } {
  const changes: Change[] = [];
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    throw new RecordProblem(1, "the file is not UTF-8");
  }
  if (text.startsWith(MARK)) {
    text = text.slice(1);
    changes.push("marked");
  }
  if (text.includes("\r")) {
    text = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
    changes.push("line_ends");
  }
  const lines = text.split("\n");
  if (/^\{"(end|people)":.*\}$/.test(lines.at(-1)!)) {
    lines.push("");
    changes.push("no_last_end");
  }
  const last = lines.pop()!;
  const whole = lines.filter((line) => line.trim() !== "");
  if (whole.length !== lines.length) changes.push("blank_lines");
  return { text: [...whole, last.trim() === "" ? "" : last].join("\n"), changes };
}

function parse(line: string, number: number): Body {
  let body: unknown;
  try {
    body = JSON.parse(line);
  } catch {
    throw new RecordProblem(number, "it is not JSON");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new RecordProblem(number, "it is not an object");
  if (!HASH.test(line)) throw new RecordProblem(number, "it does not end with a hash");
  if (!isWrittenOnce(line, body))
    throw new RecordProblem(number, "it is not written as the program writes it");
  return body as Body;
}

const STRING = /"(?:[^"\\]|\\.)*"/g;

/** Whether a line has no blanks between its parts, and no key twice: other writings have other hashes. */
function isWrittenOnce(line: string, body: object): boolean {
  let written = 0;
  const rest = line.replace(STRING, (_, at: number, whole: string) => {
    const end = at + _.length;
    if (whole[end] === ":") written += 1;
    return "";
  });
  return !/\s/.test(rest) && written === keysIn(body);
}

function keysIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, each) => sum + keysIn(each), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** Take off the last line, if it is one of names; they can be taken away and a whole record is left. */
function namesOf(bodies: Body[]): Names | null {
  if (!bodies.at(-1) || !("people" in bodies.at(-1)!)) return null;
  const { people, ...more } = bodies.pop()!;
  const line = bodies.length + 1;
  if (Object.keys(more).length !== 1) throw new RecordProblem(line, "it is not a line of names");
  const isSound = typeof people === "object" && people !== null && !Array.isArray(people);
  if (!isSound || Object.values(people).some((name) => typeof name !== "string"))
    throw new RecordProblem(line, "it does not hold names");
  return people as Names;
}

/** The line names whom the events name first, and nobody else; rules 1 has the names in its events. */
function requireInLog(names: Names, events: readonly GameEvent[]): void {
  const there = new Set(areNamesBeside(events[0]) ? events.map(personOf) : []);
  const given = Object.keys(names);
  if (given.length === 0 || given.some((person) => !there.has(person)))
    throw new RecordProblem(events.length + 3, "it names others than the events");
}

function eventsOf(bodies: readonly Body[]): GameEvent[] {
  const [header, ...rest] = bodies;
  if (header === undefined) throw new RecordProblem(1, "the record is empty");
  if (header["format"] !== FORMAT) throw new RecordProblem(1, NO_HEADER);
  const closing = rest.pop();
  if (closing === undefined || !("end" in closing))
    throw new RecordProblem(bodies.length, "the closing line is missing; the file is cut short");
  if (closing["end"] !== rest.length || Object.keys(closing).length !== 2 || rest.length === 0)
    throw new RecordProblem(bodies.length, `it does not close a record of ${rest.length} events`);
  return rest.map((body, i) => eventOf(body, i + 2, i + 1));
}

function eventOf(body: Body, line: number, seq: number): GameEvent {
  const { event } = body;
  const isEvent = typeof event === "object" && event !== null && "type" in event;
  if (!isEvent) throw new RecordProblem(line, "it holds no event");
  if (body["seq"] !== seq || Object.keys(body).length !== 3)
    throw new RecordProblem(line, `it should hold event ${seq}`);
  return event as GameEvent;
}

function requireSameRules(header: Body, first: GameEvent): void {
  if (first.type !== "match_created") throw new RecordProblem(2, "a log begins with its match");
  const created: MatchCreated = first;
  if (header["rules_version"] !== created.rules_version)
    throw new RecordProblem(1, "it names other rules than the match was played by");
  if (!RULES_VERSIONS.includes(created.rules_version))
    throw new RecordProblem(
      2,
      `rules version ${created.rules_version}; this page shows ${RULES_VERSIONS.join(", ")}`,
    );
  if (created.seed === null) throw new RecordProblem(2, "it has no seed");
}

/** Fold the whole log once, so that an odd event is named here and not met while it is shown. */
function requireShown(events: readonly GameEvent[]): void {
  let position: Position | null = null;
  for (const [i, event] of events.entries()) {
    try {
      position = evolve(position, event);
    } catch {
      throw new RecordProblem(i + 2, "its event cannot be shown");
    }
  }
}

async function sha256(subtle: SubtleCrypto, text: string): Promise<string> {
  const digest = await subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
