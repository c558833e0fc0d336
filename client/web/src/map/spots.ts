/** Where the sign of each line stands: on the line, and on no name, marker or other sign. Pure. */
import { overlap, pointOn, squareRound, type Box, type Curve, type Point } from "./geometry.ts";

/** How far along its line a sign stands, the first that is free. */
const ALONG = [0.6, 0.5, 0.4, 0.7, 0.3, 0.78, 0.22] as const;
/** Half the width of a sign. */
const REACH = 13;

/** The place of each line's sign, in the order of the lines; the least covered where none is free. */
export function spotsOn(curves: readonly Curve[], taken: readonly Box[]): Point[] {
  const boxes = [...taken];
  return curves.map((curve) => {
    const [first, ...others] = ALONG.map((share) => pointOn(curve, share));
    const spot = others.reduce(
      (best, each) => (covered(each, boxes) < covered(best, boxes) ? each : best),
      first!,
    );
    boxes.push(squareRound(spot, REACH));
    return spot;
  });
}

function covered(spot: Point, boxes: readonly Box[]): number {
  const own = squareRound(spot, REACH);
  return boxes.reduce((sum, box) => sum + overlap(own, box), 0);
}
