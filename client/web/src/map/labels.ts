/** Where names stand beside their markers, so that nothing lies on anything else.

Each label tries a ring of places round its anchor; all of them then take turns to move to a cheaper
place until none can (min-conflicts). Small and deterministic: maps here have at most 30 labels. */
import { contains, overlap, type Box, type Point, type Size } from "./geometry.ts";

export type LabelWish = {
  id: string;
  anchor: Point;
  /** How far the label keeps from its anchor. */
  gap: number;
  size: Size;
};
export type Obstacles = {
  /** What labels must not cover: markers, plaques. */
  boxes: readonly Box[];
  /** What they would rather not cover: points along lines. */
  points: readonly Point[];
  frame: Box;
};
export type PlacedLabel = {
  id: string;
  box: Box;
  /** A far label gets a leader line. */ isFar: boolean;
};

type Candidate = { box: Box; cost: number; isFar: boolean };

/** The ring, from the place a reader expects to the least: right, left, over, under, corners. */
const RING: readonly [number, number][] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.72, -0.72],
  [0.72, 0.72],
  [-0.72, -0.72],
  [-0.72, 0.72],
];
const FAR_GAPS = [14, 28];
const COST = { rank: 1, far: 14, point: 5, area: 0.6, obstacle: 40, label: 60, outside: 1000 };
const TURNS = 12;

/** Place every label; the same wishes give the same places. */
export function placeLabels(wishes: readonly LabelWish[], obstacles: Obstacles): PlacedLabel[] {
  const choices = wishes.map((wish) => candidates(wish, obstacles));
  const chosen = choices.map((options) => cheapest(options, []));
  for (let turn = 0; turn < TURNS; turn += 1) {
    const before = chosen.map((candidate) => candidate.box);
    choices.forEach((options, i) => {
      const others = chosen.filter((_, other) => other !== i).map((candidate) => candidate.box);
      chosen[i] = cheapest(options, others);
    });
    if (chosen.every((candidate, i) => candidate.box === before[i])) break;
  }
  return wishes.map((wish, i) => ({ id: wish.id, box: chosen[i]!.box, isFar: chosen[i]!.isFar }));
}

function candidates(wish: LabelWish, obstacles: Obstacles): Candidate[] {
  const near = RING.map((direction, rank) => candidate(wish, direction, 0, rank, obstacles));
  const far = FAR_GAPS.flatMap((extra) =>
    RING.map((direction, rank) => candidate(wish, direction, extra, rank, obstacles)),
  );
  return [...near, ...far];
}

function candidate(
  wish: LabelWish,
  [dx, dy]: readonly [number, number],
  extra: number,
  rank: number,
  obstacles: Obstacles,
): Candidate {
  const { width, height } = wish.size;
  const gap = wish.gap + extra;
  const centre = {
    x: wish.anchor.x + dx * gap + (Math.sign(dx) * width) / 2,
    y: wish.anchor.y + dy * gap + (Math.sign(dy) * height) / 2,
  };
  const box = { x: centre.x - width / 2, y: centre.y - height / 2, width, height };
  const isFar = extra > 0;
  const cost = rank * COST.rank + (isFar ? COST.far + extra / 2 : 0) + fixedCost(box, obstacles);
  return { box, cost, isFar };
}

function fixedCost(box: Box, { boxes, points, frame }: Obstacles): number {
  const inside = overlap(box, frame);
  const outside = box.width * box.height - inside;
  let cost = outside > 0.5 ? COST.outside + outside : 0;
  for (const other of boxes) cost += collision(box, other, COST.obstacle);
  for (const point of points) cost += contains(box, point) ? COST.point : 0;
  return cost;
}

function cheapest(options: readonly Candidate[], others: readonly Box[]): Candidate {
  let best = options[0]!;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const option of options) {
    const cost = others.reduce((sum, o) => sum + collision(option.box, o, COST.label), option.cost);
    if (cost < bestCost) [best, bestCost] = [option, cost];
  }
  return best;
}

function collision(box: Box, other: Box, price: number): number {
  const area = overlap(box, other);
  return area > 0 ? price + area * COST.area : 0;
}
