/** Which item of a menu a key leads to. Pure. */

/** The place of the item that gets the focus; null where the key means nothing here.
 *
 * at: the item that has it, −1 for none. A letter leads to the next item that begins with it.
 */
export function menuStep(key: string, at: number, words: readonly string[]): number | null {
  const last = words.length - 1;
  switch (key) {
    case "ArrowDown":
      return at >= last ? 0 : at + 1;
    case "ArrowUp":
      return at <= 0 ? last : at - 1;
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return beginning(key, at, words);
  }
}

function beginning(key: string, at: number, words: readonly string[]): number | null {
  if ([...key].length !== 1 || key === " ") return null;
  const places = words.map((_, i) => (at + 1 + i) % words.length);
  const is = (i: number) => words[i]!.toLocaleLowerCase().startsWith(key.toLocaleLowerCase());
  return places.find(is) ?? null;
}
