import { expect, test } from "vitest";
import { contains, overlap, type Box } from "./geometry.ts";
import { placeLabels, type LabelWish } from "./labels.ts";

const FRAME: Box = { x: 0, y: 0, width: 400, height: 300 };
const wish = (id: string, x: number, y: number): LabelWish => ({
  id,
  anchor: { x, y },
  gap: 10,
  size: { width: 80, height: 18 },
});

test("a label alone stands to the right of its anchor", () => {
  const [label] = placeLabels([wish("a", 100, 100)], { boxes: [], points: [], frame: FRAME });
  expect(label).toEqual({ id: "a", box: { x: 110, y: 91, width: 80, height: 18 }, isFar: false });
});

test("a label at the edge stays inside", () => {
  const [label] = placeLabels([wish("a", 390, 100)], { boxes: [], points: [], frame: FRAME });
  expect(label!.box.x + label!.box.width).toBeLessThanOrEqual(400);
});

test("neighbours a few pixels apart do not lie on each other", () => {
  const wishes = ["a", "b", "c", "d"].map((id, i) => wish(id, 200 + 6 * i, 150 + 5 * i));
  const boxes = placeLabels(wishes, { boxes: [], points: [], frame: FRAME }).map(({ box }) => box);
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => expect(overlap(a, b)).toBe(0)));
});

test("a label keeps off an obstacle and, if it can, off a line", () => {
  const wall = { x: 105, y: 80, width: 100, height: 40 };
  const line = [40, 60, 80].map((x) => ({ x, y: 100 }));
  const [label] = placeLabels([wish("a", 100, 100)], { boxes: [wall], points: line, frame: FRAME });
  expect(overlap(label!.box, wall)).toBe(0);
  expect(line.filter((point) => contains(label!.box, point))).toEqual([]);
});

test("the same wishes give the same places", () => {
  const wishes = [wish("a", 50, 50), wish("b", 60, 52), wish("c", 55, 60)];
  const obstacles = { boxes: [], points: [], frame: FRAME };
  expect(placeLabels(wishes, obstacles)).toEqual(placeLabels(wishes, obstacles));
});
