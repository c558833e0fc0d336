// @vitest-environment node
/** The page judges odd records as `detente verify` does; run by tests/client/test_web_records.py. */
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openRecord, RecordProblem } from "./record.ts";

interface Vector {
  name: string;
  raw: string;
  isForged: boolean;
  line: number;
  changes: string[];
}

const subtle = webcrypto.subtle as unknown as SubtleCrypto;
const vectors = readFileSync(process.env["DETENTE_RECORD_VECTORS"]!, "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Vector);

async function judged(raw: Uint8Array): Promise<{ line: number; changes: readonly string[] }> {
  try {
    const { broken, changes } = await openRecord(raw, subtle);
    return { line: broken!, changes: broken ? [] : changes };
  } catch (error) {
    if (!(error instanceof RecordProblem)) throw error;
    return { line: error.line, changes: [] };
  }
}

test.each(vectors)("$name", async ({ raw, isForged, line, changes }) => {
  const found = await judged(Uint8Array.from(Buffer.from(raw, "base64")));
  // The chain of a forgery is in order: the page says that, and that the rules were not checked.
  expect(found).toEqual({ line: isForged ? 0 : line, changes });
});
