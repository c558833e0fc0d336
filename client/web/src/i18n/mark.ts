/** A short mark for a long text, so that the browser need not load what it has already. */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** How many letters a mark has: 36 bits. One text in 60 million is taken for one of a thousand others. */
export const MARK_LENGTH = 6;

/** Mark a text: the same text has the same mark; the build refuses two texts with one mark. */
export function markOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit ^ (a >>> 15), 0x5f356495);
  }
  a = Math.imul(a ^ (b >>> 13), 0x85ebca6b);
  b = Math.imul(b ^ (a >>> 16), 0xc2b2ae35);
  return letters(a) + letters(b);
}

/** Eighteen of a word's bits, the upper ones: they are mixed best. */
function letters(word: number): string {
  return LETTERS[word >>> 26]! + LETTERS[(word >>> 20) & 63]! + LETTERS[(word >>> 14) & 63]!;
}
