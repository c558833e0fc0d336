/** How arenas lie on the chart: a plaque each, and a line from every member to it.

An arena of two is one arc with the plaque at its crown; a larger one is a hub with spokes. So each
line belongs to one member in one arena, and can show what that member did there. */
import type { Arena, Seat } from "../wire/types.ts";
import {
  bow,
  centroid,
  clamp,
  distance,
  firstPart,
  middle,
  pointOn,
  reversed,
  type Curve,
  type Point,
  type Size,
} from "./geometry.ts";

type Spoke = { seat: Seat; /** From the seat to the plaque. */ curve: Curve; mark: Point };
export type ArenaDrawing = { arena: Arena; number: number; hub: Point; spokes: Spoke[] };
type Members = Pick<Arena, "name" | "members">;
type Shape = { hub: Point; spokes: { seat: Seat; curve: Curve }[] };

/** Pixels that are kept free round plaques, markers and the frame. */
const PLAQUE_ROOM = 38;
const MARKER_ROOM = 34;
const FRAME_ROOM = 30;
/** How high arcs rise, as shares of their length; tried in turn. */
const CROWNS = [0.16, -0.16, 0.3, -0.3, 0.45, -0.45];
/** Across a table lines may run straight. */
export const FLAT_CROWNS = [0, 0.25, -0.25, 0.45, -0.45];
const LEAST_CROWN = 44;
const RADII = [0, 18, 36, 54, 76, 100];
const ANGLES = 12;
const SPOKE_BEND = 0.07;
const MARK_STARTS = [0.3, 0.42, 0.54, 0.66, 0.2, 0.36, 0.48, 0.6, 0.72, 0.78, 0.84];
const MARK_ROOM = 20;
const MARK_TURNS = 3;

/** Draw every arena whose members stand at the given points; earlier arenas choose first.
 * hasMarks: whether signs of deeds stand on the lines, and need room. */
export function drawArenas(
  arenas: readonly Arena[],
  at: Readonly<Record<Seat, Point>>,
  view: Size,
  crowns: readonly number[] = CROWNS,
  hasMarks = true,
): ArenaDrawing[] {
  const markers = Object.values(at);
  const shapes: Shape[] = [];
  for (const arena of arenas) {
    const taken = shapes.map(({ hub }) => hub);
    shapes.push(bestShape(shapesOf(arena, at, crowns), taken, markers, view));
  }
  const solid = [...markers, ...shapes.map(({ hub }) => hub)];
  const curves = shapes.flatMap(({ spokes }) => spokes.map(({ curve }) => curve));
  const marks = hasMarks ? marksOn(curves, solid) : [];
  let next = 0;
  return arenas.map((arena, index) => {
    const { hub, spokes } = shapes[index]!;
    const marked = spokes.map((spoke) => ({ ...spoke, mark: marks[next++] ?? hub }));
    return { arena, number: index + 1, hub, spokes: marked };
  });
}

function shapesOf(
  arena: Members,
  at: Readonly<Record<Seat, Point>>,
  crowns: readonly number[],
): Shape[] {
  const [first, second] = arena.members;
  if (arena.members.length === 2) {
    return crowns.map((crown) => arc([first!, at[first!]!], [second!, at[second!]!], crown));
  }
  return wheels(arena, at);
}

function arc([one, a]: [Seat, Point], [other, b]: [Seat, Point], crown: number): Shape {
  const length = Math.max(distance(a, b), 1);
  const height = Math.max(Math.abs(crown) * length, LEAST_CROWN) * Math.sign(crown);
  const whole = bow(a, b, (2 * height) / length);
  const spokes = [
    { seat: one, curve: firstPart(whole, 0.5) },
    { seat: other, curve: firstPart(reversed(whole), 0.5) },
  ];
  return { hub: pointOn(whole, 0.5), spokes };
}

function wheels({ members }: Members, at: Readonly<Record<Seat, Point>>): Shape[] {
  const centre = centroid(members.map((seat) => at[seat]!));
  return RADII.flatMap((radius) => {
    const steps = radius === 0 ? 1 : ANGLES;
    return Array.from({ length: steps }, (_, step) => {
      const angle = (2 * Math.PI * step) / steps;
      const hub = {
        x: centre.x + radius * Math.cos(angle),
        y: centre.y + radius * Math.sin(angle),
      };
      const spokes = members.map((seat) => ({ seat, curve: bow(at[seat]!, hub, SPOKE_BEND) }));
      return { hub, spokes };
    });
  });
}

function bestShape(shapes: Shape[], taken: Point[], markers: Point[], view: Size): Shape {
  const costs = shapes.map((shape, rank) => shapeCost(shape.hub, rank, taken, markers, view));
  return shapes[costs.indexOf(Math.min(...costs))]!;
}

function shapeCost(hub: Point, rank: number, taken: Point[], markers: Point[], view: Size): number {
  const tight = (points: Point[], room: number) =>
    points.reduce((sum, point) => sum + Math.max(room - distance(point, hub), 0), 0);
  const inside = {
    x: clamp(hub.x, FRAME_ROOM, view.width - FRAME_ROOM),
    y: clamp(hub.y, FRAME_ROOM, view.height - FRAME_ROOM),
  };
  const outside = distance(hub, inside);
  return (
    rank * 0.5 +
    tight(taken, PLAQUE_ROOM * 1.4) * 4 +
    tight(markers, MARKER_ROOM) * 4 +
    outside * 20
  );
}

/** The place of each line's sign: one after another, and then all again as the others stand. */
function marksOn(curves: readonly Curve[], solid: readonly Point[]): Point[] {
  const marks: Point[] = [];
  for (let turn = 0; turn < MARK_TURNS; turn += 1) {
    curves.forEach((curve, i) => {
      const others = [...solid, ...marks.filter((_, other) => other !== i)];
      const room = (point: Point) =>
        Math.min(...others.map((other) => distance(other, point)), MARK_ROOM);
      const options = MARK_STARTS.map((t) => pointOn(curve, t));
      marks[i] = options.reduce((a, b) => (room(b) > room(a) ? b : a));
    });
  }
  return marks;
}

/** Points along all lines, which names would rather not cover. */
export function samplesOf(drawings: readonly ArenaDrawing[]): Point[] {
  const steps = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
  return drawings.flatMap(({ spokes }) =>
    spokes.flatMap(({ curve }) => steps.map((t) => pointOn(curve, t))),
  );
}

export function tableRadius(view: Size): Point {
  return { x: Math.min(view.width * 0.3, 300), y: Math.min(view.height * 0.28, 150) };
}

/** Seats round an oval table, where a match has no place on the chart; the first sits at the start. */
export function tablePlaces(seats: readonly Seat[], view: Size): Record<Seat, Point> {
  const centre = middle({ x: 0, y: 0 }, { x: view.width, y: view.height });
  const radius = tableRadius(view);
  return Object.fromEntries(
    seats.map((seat, index) => {
      const angle = Math.PI + (2 * Math.PI * index) / seats.length;
      return [
        seat,
        { x: centre.x + radius.x * Math.cos(angle), y: centre.y + radius.y * Math.sin(angle) },
      ];
    }),
  );
}
