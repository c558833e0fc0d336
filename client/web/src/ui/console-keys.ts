/** Which key does what on the console. Single letters do nothing while somebody types. */
import { isBusy, type Stroke } from "./keys.ts";

export type ConsoleKey =
  | { type: "match"; number: number }
  | { type: "start" | "pause" | "extend" | "skip" | "tell" | "inject" };

const LETTERS: Readonly<Record<string, Exclude<ConsoleKey["type"], "match">>> = {
  s: "start",
  p: "pause",
  "+": "extend",
  n: "skip",
  t: "tell",
  i: "inject",
};

export function consoleKey(stroke: Stroke): ConsoleKey | null {
  if (isBusy(stroke)) return null;
  if (/^[0-9]$/.test(stroke.key)) return { type: "match", number: Number(stroke.key) };
  const type = LETTERS[stroke.key.toLowerCase()];
  return type ? { type } : null;
}
