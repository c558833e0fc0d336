/** A text in notation, which the server plays: what comes back is opened as a record is. */
import { Patience } from "../net/analysis.ts";
import { openRecord, type OpenedRecord } from "./record.ts";

/** The first line that is neither empty nor a comment names the format. */
const HEADING = /^\ufeff?(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*detente-notation/;

/** Whether a file means to be a notation, as game_rules/notation/heading.py judges. */
export function isNotation(raw: Uint8Array): boolean {
  return HEADING.test(new TextDecoder().decode(raw));
}

/** Have a text played, and open its match. play: asks the server for the record. */
export async function openNotation(
  raw: Uint8Array<ArrayBuffer>,
  play: (text: Blob) => Promise<Blob>,
  patience = new Patience(),
): Promise<OpenedRecord> {
  const record = await patience.with(() => play(new Blob([raw])));
  // Its hashes were made just now: they say nothing of what was sent.
  const opened = await openRecord(new Uint8Array(await record.arrayBuffer()), undefined);
  return { ...opened, isNotation: true };
}
