/** A match record from a file: JSON Lines, a header, one event a line, a closing line.

Reads what game_rules/records/record.py writes. Hashes are checked where the browser lends its digest, which
it does on https and on this machine only. */
import type { GameEvent } from "../wire/types.ts";

const FORMAT = "detente-record/1";

/** A line that does not belong; line counts from 1. */
export class RecordProblem extends Error {
  readonly line: number;

  constructor(line: number, problem: string) {
    super(problem);
    this.line = line;
  }
}

export type OpenedRecord = { events: GameEvent[]; rulesVersion: number; softwareVersion: string };

type Header = { format?: unknown; rules_version?: unknown; software_version?: unknown };

/** Read a record. Throws RecordProblem naming the first line that does not fit. */
export function readRecord(text: string): OpenedRecord {
  const [first, ...rest] = linesOf(text);
  if (first === undefined) throw new RecordProblem(1, "the record is empty");
  const header = parse(first, 1) as Header;
  if (header.format !== FORMAT)
    throw new RecordProblem(1, `it is not the header of a ${FORMAT} file`);
  const events: GameEvent[] = [];
  rest.forEach((line, i) => {
    const body = parse(line, i + 2);
    if ("end" in body) return;
    events.push(eventOf(body, i + 2, events.length + 1));
  });
  return {
    events,
    rulesVersion: Number(header.rules_version),
    softwareVersion: String(header.software_version),
  };
}

/** Give the first line whose hash does not hold, 0 if all do, or null where that cannot be told. */
export async function brokenLine(
  text: string,
  subtle: SubtleCrypto | undefined,
): Promise<number | null> {
  if (!subtle) return null;
  let previous = "";
  for (const [i, line] of linesOf(text).entries()) {
    const stated = /,"hash":"([0-9a-f]{64})"\}$/.exec(line);
    if (!stated) return i + 1;
    const body = `${line.slice(0, stated.index)}}`;
    previous = await sha256(subtle, `${previous}\n${body}`);
    if (previous !== stated[1]) return i + 1;
  }
  return 0;
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== "");
}

function parse(line: string, number: number): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(line);
  } catch {
    throw new RecordProblem(number, "it is not JSON");
  }
  if (typeof body !== "object" || body === null)
    throw new RecordProblem(number, "it is not an object");
  return body as Record<string, unknown>;
}

function eventOf(body: Record<string, unknown>, line: number, seq: number): GameEvent {
  const { event } = body;
  const isEvent = typeof event === "object" && event !== null && "type" in event;
  if (!isEvent) throw new RecordProblem(line, "it holds no event");
  if (body["seq"] !== seq) throw new RecordProblem(line, `it should hold event ${seq}`);
  return event as GameEvent;
}

async function sha256(subtle: SubtleCrypto, text: string): Promise<string> {
  const digest = await subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
