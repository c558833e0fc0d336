/** Where the lines of ties run and their signs stand: on the line, and on no name, marker or other
sign. Pure. */
import {
  bow,
  distance,
  overlap,
  pointOn,
  squareRound,
  type Box,
  type Curve,
  type Point,
  type Size,
} from "./geometry.ts";

type Ends = { readonly from: Point; readonly to: Point };
/** The markers of all seats: where, and half their width. */
type Markers = { readonly at: readonly Point[]; readonly half: number };
type Signed = { curve: Curve; spot: Point };

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
const STEPS = 24;

/** The line and the sign of each tie, in their order; the least covered where none is free.
 * reach: half the width of a sign. markers: what lines go round. */
export function signedLines(
  ties: readonly Ends[],
  taken: readonly Box[],
  frame: Box,
  reach: number,
  markers: Markers = { at: [], half: 0 },
): Signed[] {
  const boxes = [...taken];
  return ties.map(({ from, to }) => {
    const options = BENDS.flatMap((bend, rank) => {
      const curve = bent(from, to, bend, reach);
      const run = rank * BENT + THROUGH * crossed(curve, markers);
      return ALONG.map((share) => {
        const spot = pointOn(curve, share);
        return { curve, spot, cost: run + cost(squareRound(spot, reach), boxes, frame) };
      });
    });
    const { curve, spot } = options.reduce((best, each) => (each.cost < best.cost ? each : best));
    boxes.push(squareRound(spot, reach));
    return { curve, spot };
  });
}

/** Where a figure stands on its line: on no name or marker, or on the least of them. */
export function figureSpot(curve: Curve, { width, height }: Size, taken: readonly Box[]): Point {
  const covered = ({ x, y }: Point) => {
    const own = { x: x - width / 2, y: y - height / 2, width, height };
    return taken.reduce((sum, box) => sum + overlap(own, box), 0);
  };
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

/** Through how many markers a curve runs, but for those at its ends. */
function crossed(curve: Curve, { at, half }: Markers): number {
  const steps = Array.from({ length: STEPS + 1 }, (_, i) => pointOn(curve, i / STEPS));
  const others = at.filter(
    (each) => distance(each, curve.from) > 1 && distance(each, curve.to) > 1,
  );
  return others.filter((each) => steps.some((step) => distance(step, each) < half)).length;
}

function cost(own: Box, boxes: readonly Box[], frame: Box): number {
  const outside = own.width * own.height - overlap(own, frame);
  return boxes.reduce((sum, box) => sum + overlap(own, box), outside * OUTSIDE);
}
