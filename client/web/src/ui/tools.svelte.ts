/** What a round shows beside the choice itself: a tool opens in its round, or for those who know all. */
import { memory } from "../memory.svelte.ts";

const STORED = "detente.tools";

/** The round from which each tool is shown. */
const FROM = { pacts: 2, moves: 2, lenses: 3, advisor: 3, forecasts: 4 } as const;
export type Tool = keyof typeof FROM;

let areAll = $state(memory.text(STORED) === "all");

export const tools = {
  /** Whether all are shown from the first round on; kept for the next match on this device. */
  get areAll(): boolean {
    return areAll;
  },
  set areAll(all: boolean) {
    areAll = all;
    memory.keep(STORED, all ? "all" : null);
  },
  /** Whether a tool is shown in a round. */
  has(tool: Tool, round: number): boolean {
    return areAll || round >= FROM[tool];
  },
};

/** Whether a round opens a tool, and all are shown after the last such round. */
export const lastOpening: number = Math.max(...Object.values(FROM));
