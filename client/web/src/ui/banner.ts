/** What to say about the line, and when: no flash for a hiccup, more words for a long absence. */
import type { Connection } from "../net/socket.ts";

const SHOWN_AFTER_MS = 2_000;
const QUIET_AFTER_MS = 500;
const LONG_AFTER_MS = 10_000;

export interface Banner {
  kind: "quiet" | "reconnecting" | "offline" | "blocked" | "ended";
  /** Whether to add what goes on meanwhile, or what helps. */
  isLong: boolean;
}

export function bannerFor(connection: Connection, nowMs: number): Banner | null {
  if (connection.is === "online") return null;
  if (connection.is === "ended") {
    return connection.code === 1000 ? null : { kind: "ended", isLong: false };
  }
  const lostMs = nowMs - connection.sinceMs;
  if (lostMs < QUIET_AFTER_MS) return null;
  if (lostMs < SHOWN_AFTER_MS) return { kind: "quiet", isLong: false };
  const kind = connection.is === "connecting" ? "reconnecting" : connection.is;
  return { kind, isLong: lostMs >= LONG_AFTER_MS || kind === "blocked" };
}
