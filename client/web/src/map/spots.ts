/** Where the lines of ties run and their signs stand: on the line, and on no name, marker or other
sign. Pure. */
import {
  bow,
  contains,
  distance,
  overlap,
  pointOn,
  squareRound,
  type Box,
  type Curve,
  type Point,
  type Size,
} from "./geometry.ts";
import { wordBeside } from "./sign-words.ts";

type Ends = { readonly from: Point; readonly to: Point };
/** The markers of all seats: where, and half their width. */
type Markers = { readonly at: readonly Point[]; readonly half: number };
type Signed = { curve: Curve; spot: Point };
type Room = {
  /** What signs do not cover: names and markers. */
  taken: readonly Box[];
  frame: Box;
  /** Half the width of a sign. */
  reach: number;
  /** What lines go round. */
  markers?: Markers;
  /** What the longest word of a sign needs; null where signs have none. */
  word?: Size | null;
};

/** How far along its line a sign stands, the first that is free. */
const ALONG = [0.6, 0.5, 0.4, 0.7, 0.3, 0.78, 0.22] as const;
/** How high a line is bent, as a share of its length; a short one at least by so many signs. */
const BENDS = [
  [0.12, 0],
  [-0.12, 0],
  [0.2, 1],
  [-0.2, 1],
  [0.3, 2],
  [-0.3, 2],
  [0.3, 3.2],
  [-0.3, 3.2],
] as const;
/** What another bend costs, in square pixels that are covered: little, but not nothing. */
const BENT = 12;
/** Out of the picture nothing is seen. */
const OUTSIDE = 20;
/** What it costs to run through the marker of a seat that a line does not join: more than any bend. */
const THROUGH = 400;
/** What it costs to run through the sign of another line: more than the next bend. */
const OVER_SIGN = 60;
/** What each step of the way costs through a name, or along another line within a sign's width. */
const BESIDE = 8;
/** What it costs to leave a word no room: more than another bend. */
const WORDLESS = 90;
/** How high a line of trust is bent, always to its left, so that the two of a pair part. */
const TRUST_BENDS = [0.14, 0.22, 0.3, 0.06, 0.38] as const;
const STEPS = 24;

/** The line and the sign of each tie, in their order; the least covered where none is free. */
export function signedLines(
  ties: readonly Ends[],
  { taken, frame, reach, markers = { at: [], half: 0 }, word = null }: Room,
): Signed[] {
  const boxes = [...taken];
  const signs: Point[] = [];
  const curves: Curve[] = [];
  return ties.map(({ from, to }) => {
    const options = BENDS.flatMap((bend, rank) => {
      const curve = bent(from, to, bend, reach);
      const way = runCost(curve, frame, markers, { at: signs, half: reach });
      const unclear = stepsBeside(curve, curves, reach) + stepsIn(curve, taken);
      const run = rank * BENT + way + BESIDE * unclear;
      return ALONG.map((share) => {
        const spot = pointOn(curve, share);
        const own = squareRound(spot, reach);
        const ground = { taken: [...boxes, own], frame };
        const room = word && wordBeside(spot, word, reach, ground);
        const wordless = word !== null && room === null ? WORDLESS : 0;
        return { curve, spot, room, cost: run + wordless + cost(own, boxes, frame) };
      });
    });
    const best = options.reduce((least, each) => (each.cost < least.cost ? each : least));
    signs.push(best.spot);
    curves.push(best.curve);
    boxes.push(squareRound(best.spot, reach), ...(best.room ? [best.room] : []));
    return { curve: best.curve, spot: best.spot };
  });
}

/** The line and the figure of each tie of trust: round seats that it does not join, and no figure on
 * another, a name or a marker, or on the least of them. */
export function figuredLines(
  ties: readonly Ends[],
  figure: Size,
  { taken, frame, markers = { at: [], half: 0 } }: Pick<Room, "taken" | "frame" | "markers">,
): Signed[] {
  const boxes = [...taken];
  const none = { at: [], half: 0 };
  return ties.map(({ from, to }) => {
    const costs = TRUST_BENDS.map((share) => runCost(bow(from, to, share), frame, markers, none));
    const curve = bow(from, to, TRUST_BENDS[costs.indexOf(Math.min(...costs))]!);
    const spot = figureSpot(curve, figure, boxes);
    boxes.push(boxAround(spot, figure));
    return { curve, spot };
  });
}

/** Where a figure stands on its line: on no name or marker, or on the least of them. */
export function figureSpot(curve: Curve, figure: Size, taken: readonly Box[]): Point {
  const covered = (spot: Point) =>
    taken.reduce((sum, box) => sum + overlap(boxAround(spot, figure), box), 0);
  const spots = ALONG.map((share) => pointOn(curve, share));
  return spots.reduce((best, each) => (covered(each) < covered(best) ? each : best));
}

function bent(
  from: Point,
  to: Point,
  [share, least]: readonly [number, number],
  reach: number,
): Curve {
  const length = Math.max(distance(from, to), 1);
  const height = Math.max(Math.abs(share) * length, least * reach) * Math.sign(share);
  return bow(from, to, (2 * height) / length);
}

export function boxAround({ x, y }: Point, { width, height }: Size): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** What a line's way costs: out of the picture, and through markers and signs of others. */
function runCost(curve: Curve, frame: Box, markers: Markers, signs: Markers): number {
  const steps = stepsOf(curve);
  const outside = steps.filter((step) => !contains(frame, step)).length;
  const through = THROUGH * crossed(curve, markers) + OVER_SIGN * crossed(curve, signs);
  return outside * OUTSIDE + through;
}

/** How many steps in the middle of a curve lie close to other curves; those that meet at a seat are
 * close there. */
function stepsBeside(curve: Curve, others: readonly Curve[], reach: number): number {
  const points = others.flatMap((other) => stepsOf(other));
  const isBeside = (step: Point) => points.some((point) => distance(step, point) < reach);
  return innerSteps(curve).filter((step) => isBeside(step)).length;
}

/** How many steps in the middle of a curve lie in boxes. */
function stepsIn(curve: Curve, boxes: readonly Box[]): number {
  return innerSteps(curve).filter((step) => boxes.some((box) => contains(box, step))).length;
}

function innerSteps(curve: Curve): Point[] {
  return stepsOf(curve).slice(STEPS / 4, (STEPS * 3) / 4 + 1);
}

function stepsOf(curve: Curve): Point[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => pointOn(curve, i / STEPS));
}

/** Through how many markers a curve runs, but for those at its ends. */
function crossed(curve: Curve, { at, half }: Markers): number {
  const steps = stepsOf(curve);
  const others = at.filter(
    (each) => distance(each, curve.from) > 1 && distance(each, curve.to) > 1,
  );
  return others.filter((each) => steps.some((step) => distance(step, each) < half)).length;
}

function cost(own: Box, boxes: readonly Box[], frame: Box): number {
  const outside = own.width * own.height - overlap(own, frame);
  return boxes.reduce((sum, box) => sum + overlap(own, box), outside * OUTSIDE);
}
