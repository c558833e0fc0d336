/** The tiles of an arena in rows: as many side by side as leave every word whole. Pure. */

/** Can be shared by one to six. */
export const COLUMNS = 60;
const MOST_IN_ROW = 6;

/** What a tile has beside its words, in pixels: margins, borders and padding. */
const FRAME_PX = 16;

/** Before the room is known. */
const UNMEASURED = 3;

/** How many tiles stand side by side; room: the row's width, wordPx: the widest word's. */
export function tilesInRow(roomPx: number, wordPx: number): number {
  if (roomPx === 0) return UNMEASURED;
  return Math.min(Math.max(Math.floor(roomPx / (wordPx + FRAME_PX)), 1), MOST_IN_ROW);
}

/** Even rows that leave no hole: how many of the grid's columns each tile spans. */
export function spans(count: number, most: number): number[] {
  const rows = Math.ceil(count / most);
  return Array.from({ length: rows }, (_, row) =>
    Math.floor((count + rows - 1 - row) / rows),
  ).flatMap((inRow) => Array<number>(inRow).fill(COLUMNS / inRow));
}

/** The words of some texts, where a line may end. */
export function wordsOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(/[\s-]+/)).filter(Boolean);
}
