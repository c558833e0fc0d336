/** Files of a match that has ended, as this browser saves them. */
import type { MatchFile, Saved } from "../net/api.ts";
import { ended } from "../services.ts";

/** Fetch a file with the key to the match, and save it. What is refused is told as trouble. */
export async function save(match: string, what: MatchFile): Promise<void> {
  saveFile(await ended.file(match, what));
}

/** Let the browser save what was fetched. */
export function saveFile({ name, content }: Saved): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** A name of people as a part of a file's name: letters and digits of any script, and hyphens. */
export function nameForFile(name: string): string {
  const parts = name.normalize("NFC").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...parts.join("-")].slice(0, MOST_LETTERS).join("");
}

/** Of a file's name, which may hold 255 bytes. */
const MOST_LETTERS = 40;

/** The browser has begun to save long before. */
const KEPT_MS = 60_000;
