/** Where the words of signs stand: beside their sign, and on no name, marker, sign or other word. Pure. */
import { overlap, type Box, type Point, type Size } from "./geometry.ts";

export type WordWish = {
  /** The middle of its sign. */ sign: Point;
  size: Size;
  /** The highest chooses its place first. */ weight: number;
};
export type Ground = {
  /** What words do not cover: names, markers and signs. */ taken: readonly Box[];
  frame: Box;
};

/** How far beside its sign a word stands, in half widths of word and sign: under it, over it, beside
 * it, and the corners. */
const RING = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [0.6, 1],
  [-0.6, 1],
  [0.6, -1],
  [-0.6, -1],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;
/** How much farther off it may stand, in its own height. */
const OFF = [0, 0.5] as const;

/** The box of each word, in their order; null where none is free.
 * reach: half the width of a sign. */
export function placeWords(
  wishes: readonly WordWish[],
  reach: number,
  ground: Ground,
): (Box | null)[] {
  const boxes = [...ground.taken];
  const placed = new Map<WordWish, Box>();
  for (const wish of wishes.toSorted((a, b) => b.weight - a.weight)) {
    const box = wordBeside(wish.sign, wish.size, reach, { ...ground, taken: boxes });
    if (box === null) continue;
    placed.set(wish, box);
    boxes.push(box);
  }
  return wishes.map((wish) => placed.get(wish) ?? null);
}

/** The first free place beside a sign. */
export function wordBeside(
  sign: Point,
  size: Size,
  reach: number,
  { taken, frame }: Ground,
): Box | null {
  for (const off of OFF) {
    for (const [right, down] of RING) {
      const middle = {
        x: sign.x + right * (size.width / 2 + reach + off * size.height),
        y: sign.y + down * (size.height / 2 + reach + off * size.height),
      };
      const box = { x: middle.x - size.width / 2, y: middle.y - size.height / 2, ...size };
      const isInside = overlap(box, frame) > size.width * size.height - 0.5;
      if (isInside && taken.every((other) => overlap(box, other) === 0)) return box;
    }
  }
  return null;
}
