/** What an action in an arena brings, in words: if the others cooperate, and if they do not. */
import { n, t } from "../i18n/index.svelte.ts";
import type { Action } from "../wire/types.ts";
import type { Cell, Outlook } from "./outlook.ts";

/** What an action brings in one case. stored: the points as scored, where a lens shows others. */
export type Outcome = {
  /** In which case, e.g. "if they cooperate". */
  condition: string;
  points: number;
  stored: number | null;
  /** All of it in one sentence, to be read aloud. */
  sentence: string;
};

/** The two outcomes of an action. plain: the points as scored, where the outlook is a lens's. */
export function outcomesOf(action: Action, outlook: Outlook, plain: Outlook | null): Outcome[] {
  const others = outlook.other === null ? "all" : "they";
  return cellsOf(outlook, action).map((cell) => {
    const stored = storedIn(plain, cell);
    const condition = t(`card.if.${others}${cell.theirs}`);
    return { condition, points: cell.points, stored, sentence: sentenceOf(cell, stored) };
  });
}

/** What a cell says, as a sentence. stored: the points as scored, where the cell is a lens's. */
export function sentenceOf(
  { mine, theirs, points, others }: Cell,
  stored: number | null = null,
): string {
  const words = {
    mine: t(`card.deed.${mine}`),
    theirs: t(`card.deed.${theirs}`),
    points: n(points),
  };
  if (stored !== null) return t("card.outcome.lens", { ...words, stored: n(stored) });
  if (others === null) return t("card.outcome.many", words);
  return t("card.outcome.pair", { ...words, otherPoints: n(others) });
}

/** The points as scored where a lens shows others; null without a lens. */
export function storedIn(plain: Outlook | null, { mine, theirs }: Cell): number | null {
  if (plain === null) return null;
  return cellsOf(plain, mine).find((cell) => cell.theirs === theirs)?.points ?? null;
}

function cellsOf({ rows }: Outlook, action: Action): readonly Cell[] {
  return rows.find(({ mine }) => mine === action)?.cells ?? [];
}
