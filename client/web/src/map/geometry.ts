/** Points and boxes on the screen, in CSS pixels; y grows downwards. */
export type Point = { x: number; y: number };
export type Size = { width: number; height: number };
export type Box = Point & Size;

export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

export function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

export function centroid(points: readonly Point[]): Point {
  const sum = points.reduce((s, p) => ({ x: s.x + p.x, y: s.y + p.y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

/** The smallest box round some points. */
export function boundsOf(points: readonly Point[]): Box {
  const xs = points.map((p) => p.x);
  const ys = points.map((p) => p.y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

export function contains(box: Box, point: Point): boolean {
  return (
    point.x >= box.x &&
    point.x <= box.x + box.width &&
    point.y >= box.y &&
    point.y <= box.y + box.height
  );
}

export function squareRound(centre: Point, half: number): Box {
  return { x: centre.x - half, y: centre.y - half, width: 2 * half, height: 2 * half };
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

/** A quadratic curve: from, bend (its control point), to. */
export type Curve = { from: Point; bend: Point; to: Point };

/** Bend a line sideways by a share of its length; positive bends to the left of its direction. */
export function bow(from: Point, to: Point, share: number): Curve {
  const half = middle(from, to);
  const bend = { x: half.x + (to.y - from.y) * share, y: half.y - (to.x - from.x) * share };
  return { from, bend, to };
}

export function pointOn({ from, bend, to }: Curve, t: number): Point {
  const u = 1 - t;
  return {
    x: u * u * from.x + 2 * u * t * bend.x + t * t * to.x,
    y: u * u * from.y + 2 * u * t * bend.y + t * t * to.y,
  };
}

/** The part of a curve from its start up to t, as a curve. */
export function firstPart(curve: Curve, t: number): Curve {
  const { from, bend } = curve;
  const bent = { x: from.x + (bend.x - from.x) * t, y: from.y + (bend.y - from.y) * t };
  return { from, bend: bent, to: pointOn(curve, t) };
}

/** A curve without what lies within a distance of its ends; a short one is left as it is. */
export function trimmed(curve: Curve, off: number): Curve {
  if (distance(curve.from, curve.to) < 3 * off) return curve;
  return reversed(cutBefore(reversed(cutBefore(curve, off)), off));
}

/** The part of a curve from where it leaves the circle round its start. */
function cutBefore(curve: Curve, off: number): Curve {
  let [low, high] = [0, 0.5];
  for (let i = 0; i < 20; i++) {
    const t = (low + high) / 2;
    if (distance(pointOn(curve, t), curve.from) < off) low = t;
    else high = t;
  }
  return reversed(firstPart(reversed(curve), 1 - high));
}

export function reversed({ from, bend, to }: Curve): Curve {
  return { from: to, bend, to: from };
}

export function pathOf({ from, bend, to }: Curve): string {
  return `M${tenth(from.x)} ${tenth(from.y)}Q${tenth(bend.x)} ${tenth(bend.y)} ${tenth(to.x)} ${tenth(to.y)}`;
}

export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The convex hull, anticlockwise on the screen (Andrew's monotone chain). */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const lower = chain(sorted);
  const upper = chain(sorted.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
}

function chain(sorted: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of sorted) {
    while (kept.length > 1 && !turnsLeft(kept.at(-2)!, kept.at(-1)!, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

function turnsLeft(a: Point, b: Point, c: Point): boolean {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x) > 0;
}
