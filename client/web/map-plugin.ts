/** Draws the chart of Asia while the client is built, so that no projection code is shipped.

Borders and names are those of the data set (world-atlas 50m, from Natural Earth) and take no side.
*/
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoAzimuthalEqualArea, geoGraticule, geoPath, type GeoProjection } from "d3-geo";
import { feature, merge, mesh } from "topojson-client";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";
import type { Plugin } from "vite";

type Shape = Polygon<{ name: string }> | MultiPolygon<{ name: string }>;
type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;
type Point = [number, number];

export type AsiaMap = {
  width: number;
  height: number;
  /** Outlines of the countries that can be seats, by ISO 3166 alpha-3. */
  countries: Record<string, string>;
  /** All other land, and all borders between any two countries. */
  land: string;
  borders: string;
  graticule: string;
  /** The rim of what can be seen of the globe. */
  rim: string;
  /** Where a seat's marker stands, by ISO 3166 alpha-3. */
  places: Record<string, [x: number, y: number]>;
  /** Where the name of an ocean may stand, the best place first. */
  oceans: Record<string, [x: number, y: number][]>;
};

const WIDTH = 3130;
const HEIGHT = 2460;
/** Longitude and latitude of the middle, where it lies on the sheet, and the scale in units a radian. */
const CENTRE: Point = [108, 14];
const RADIUS = 1020;
const AT: Point = [1565, 1310];

/** What is simplified away, in steradians: triangles of about 180 km². */
const DETAIL = 4.5e-6;

/** ISO numeric ids of the data set, as it writes them: strings with leading zeros. */
const IDS: Record<string, string> = {
  AUS: "036",
  CHN: "156",
  IDN: "360",
  IND: "356",
  JPN: "392",
  KAZ: "398",
  KOR: "410",
  MYS: "458",
  NZL: "554",
  PAK: "586",
  PHL: "608",
  PRK: "408",
  RUS: "643",
  SGP: "702",
  THA: "764",
  TWN: "158",
  VNM: "704",
};

/** Markers stand at capitals, with these exceptions: the Koreas and Malaysia a little inland, so that
close neighbours keep apart; Russia inside its Asian part (near Irkutsk); and the countries beyond
the sheet at sea where it ends, the United States in the east, Britain and France in the west: the
stage moves those to the edge in view. */
const PLACES: Record<string, Point> = {
  AUS: [149.13, -35.28],
  CHN: [116.4, 39.9],
  FRA: [58, -4],
  GBR: [61, 9],
  IDN: [106.83, -6.18],
  IND: [77.21, 28.61],
  JPN: [139.69, 35.69],
  KAZ: [71.43, 51.13],
  KOR: [127.9, 36.3],
  MYS: [102.2, 4.7],
  NZL: [174.78, -41.29],
  PAK: [73.05, 33.69],
  PHL: [120.98, 14.6],
  PRK: [126.4, 40.4],
  RUS: [104.3, 53.5],
  SGP: [103.82, 1.35],
  THA: [100.5, 13.75],
  TWN: [121.56, 25.04],
  USA: [158, 24],
  VNM: [105.85, 21.03],
};

const OCEANS: Record<string, Point[]> = {
  pacific: [
    [146, 15],
    [150, 7],
    [160, 10],
    [165, 15],
    [160, 3],
  ],
  indian: [
    [79, -9],
    [86, -14],
    [70, -6],
    [92, -8],
    [96, -18],
    [90, 4],
    [66, 8],
  ],
};

const VIRTUAL = "virtual:asia-map";

/** Offer the chart as the module `virtual:asia-map`. */
export function asiaMap(): Plugin {
  return {
    name: "asia-map",
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load: (id) => (id === `\0${VIRTUAL}` ? source(drawAsia()) : null),
  };
}

function source(map: AsiaMap): string {
  return `export default JSON.parse(${JSON.stringify(JSON.stringify(map))})`;
}

/** Project, clip and simplify the atlas into path strings of whole units. */
export function drawAsia(): AsiaMap {
  const world = simplified(readAtlas());
  const projection = chartProjection();
  const path = geoPath(projection).digits(0);
  const shapes = world.objects.countries.geometries as Shape[];
  const seats = new Set(Object.values(IDS).map((id) => shapeOf(shapes, id)));
  const others = shapes.filter((shape) => !seats.has(shape));
  const draw = (drawn: Parameters<typeof path>[0]) => path(drawn) ?? "";
  return {
    width: WIDTH,
    height: HEIGHT,
    countries: mapValues(IDS, (id) => draw(feature(world, shapeOf(shapes, id)))),
    land: draw(merge(world, others)),
    borders: draw(mesh(world, world.objects.countries, (a, b) => a !== b)),
    graticule: draw(geoGraticule().step([10, 10]).precision(30)()),
    rim: draw({ type: "Sphere" }),
    places: mapValues(PLACES, (place) => rounded(projection, place)),
    oceans: mapValues(OCEANS, (places) => places.map((place) => rounded(projection, place))),
  };
}

function readAtlas(): World {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  return JSON.parse(readFileSync(file, "utf8")) as World;
}

function simplified(world: World): World {
  return simplify(presimplify(world, weightOf), DETAIL) as World;
}

/** How much a corner matters: its triangle's area, a tenth of it far from where seats are. */
function weightOf(triangle: [Point, Point, Point]): number {
  const [longitude, latitude] = triangle[1];
  const isNear = longitude > 60 && longitude < 180 && latitude > -50 && latitude < 56;
  return sphericalTriangleArea(triangle) * (isNear ? 1 : 0.1);
}

/** Equal areas round the middle of maritime Asia: no country looks larger than it is. */
function chartProjection(): GeoProjection {
  return geoAzimuthalEqualArea()
    .rotate([-CENTRE[0], -CENTRE[1]])
    .translate(AT)
    .scale(RADIUS)
    .clipAngle(92)
    .clipExtent([
      [0, 0],
      [WIDTH, HEIGHT],
    ]);
}

/** The largest shape of an id: `036` is Australia and, once more, Ashmore and Cartier Islands. */
function shapeOf(shapes: Shape[], id: string): Shape {
  const found = shapes
    .filter((shape) => shape.id === id)
    .sort((a, b) => ringsOf(b) - ringsOf(a))[0];
  if (!found) throw new Error(`the atlas has no country ${id}; look at its ids`);
  return found;
}

function ringsOf(shape: Shape): number {
  return shape.arcs.flat(3).length;
}

function rounded(projection: GeoProjection, place: Point): [number, number] {
  const [x, y] = projection(place) ?? [0, 0];
  return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
}

function mapValues<V, W>(record: Record<string, V>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
