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

/** The browser has begun to save long before. */
const KEPT_MS = 60_000;
