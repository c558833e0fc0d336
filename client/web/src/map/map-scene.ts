/** All that the map draws, laid out for one window: pure, so that it can be tested. */
import type { AsiaMap } from "../../map-plugin.ts";
import { isState } from "../rules/seats.ts";
import type { Player, Scenario, Seat } from "../wire/types.ts";
import {
  drawArenas,
  FLAT_CROWNS,
  samplesOf,
  tablePlaces,
  tableRadius,
  type ArenaDrawing,
} from "./arena-lines.ts";
import { fitChart, project, type Fit } from "./fit.ts";
import { clamp, overlap, squareRound, type Box, type Point, type Size } from "./geometry.ts";
import { placeLabels, type LabelWish, type PlacedLabel } from "./labels.ts";

export type SceneSeat = {
  seat: Seat;
  name: string;
  at: Point;
  /** 1 or −1 where its country lies beyond the eastern or western edge. */ afar: 1 | -1 | 0;
  /** Whether it is a state; one that is none stands in the frame, apart from countries. */
  isState: boolean;
};
type Ocean = { name: string; at: Point };
export type Scene = {
  /** null where the seats have no place on the chart: then they sit at a table. */
  fit: Fit | null;
  seats: SceneSeat[];
  arenas: ArenaDrawing[];
  labels: PlacedLabel[];
  oceans: Ocean[];
};
export type SceneWish = {
  scenario: Pick<Scenario, "players" | "arenas">;
  map: AsiaMap;
  view: Size;
  nameOf: (seat: Seat) => string;
  widthOf: (text: string) => number;
  lineHeight: number;
  /** How large markers are drawn; 1 is their usual size. */
  unit: number;
  /** Whether seats are too many for names, and for signs of what each did. */
  isNameless?: boolean;
  /** What the oceans are called; one whose name has no free water stays unnamed. */
  oceans?: Readonly<Record<string, string>>;
};

/** Countries that are not on the sheet, and the edge of the window where they stand: 1 is east. */
const AFAR: Readonly<Record<Seat, 1 | -1>> = { USA: 1, GBR: -1, FRA: -1 };
/** How far from the rest it is drawn, and what counts as level with it, in units of the sheet. */
const AFAR_GAP = 270;
const LEVEL = 450;
/** Room for the marker and the arrow beyond it, in pixels. */
const AFAR_ROOM = 38;
const MARKER = 9;
/** Half the width of an arena's plaque. */
export const PLAQUE = 13;
const FRAME = 10;
/** The share of a low window that is kept free above and below; the seats have the rest. */
const MOST_INSET = 0.36;
/** Where seats that are no states stand: from the lower edge, and from the side. */
const ASIDE = { y: 34, x: 36 };
const LABEL_GAP = 12;
const ASIDE_GAP = 23;
/** Ocean names are set wide. */
const OCEAN_STRETCH = 1.7;

export function layScene(wish: SceneWish): Scene {
  const { scenario, map, view } = wish;
  const seats = scenario.players.map((player) => player.seat);
  const states = scenario.players.filter(isState).map((player) => player.seat);
  const aside = seats.filter((seat) => !states.includes(seat));
  const isOnChart = haveCountries(scenario.players, map);
  const fit = isOnChart ? fitSeats(states, aside.length > 0, wish) : null;
  const at = fit
    ? { ...chartPlaces(states, fit, wish), ...asidePlaces(aside, view) }
    : tablePlaces(seats, view);
  const isNameless = wish.isNameless ?? false;
  const crowns = isOnChart ? undefined : FLAT_CROWNS;
  const arenas = drawArenas(scenario.arenas, at, view, crowns, !isNameless);
  const labels = isNameless ? [] : labelsOf(seats, aside, at, arenas, !isOnChart, wish);
  return {
    fit,
    seats: seats.map((seat) => ({
      seat,
      name: wish.nameOf(seat),
      at: at[seat]!,
      afar: isOnChart ? (AFAR[seat] ?? 0) : 0,
      isState: states.includes(seat),
    })),
    arenas,
    labels,
    oceans: fit ? oceansOf(fit, at, arenas, labels, wish) : [],
  };
}

/** What lines and names are laid out by: while it is the same, so is the scene. */
export function shapeOf({ players, arenas }: SceneWish["scenario"]): string {
  return JSON.stringify([
    players.map(({ seat, kind }) => [seat, kind]),
    arenas.map(({ name, members }) => [name, members]),
  ]);
}

/** Whether all states have a place on the chart; else all sit at a table. */
export function haveCountries(
  players: readonly Pick<Player, "seat" | "kind">[],
  map: AsiaMap,
): boolean {
  return players.filter(isState).every(({ seat }) => map.places[seat] !== undefined);
}

/** Along the lower edge, where no country is meant. */
function asidePlaces(seats: readonly Seat[], view: Size): Record<Seat, Point> {
  const step = (view.width - 2 * ASIDE.x) / Math.max(seats.length, 1);
  return Object.fromEntries(
    seats.map((seat, i) => [seat, { x: ASIDE.x + i * step, y: view.height - ASIDE.y }]),
  );
}

function placeOn(map: AsiaMap, seat: Seat): Point {
  const [x, y] = map.places[seat]!;
  return { x, y };
}

function fitSeats(seats: readonly Seat[], hasAside: boolean, { map, view }: SceneWish): Fit {
  const near = seats.filter((seat) => !AFAR[seat]).map((seat) => placeOn(map, seat));
  const afar = seats
    .filter((seat) => AFAR[seat])
    .map((seat) => drawnIn(placeOn(map, seat), AFAR[seat]!, near));
  const isWide = view.width > 640;
  const side = isWide ? 84 : 44;
  const below = (isWide ? 60 : 50) + (hasAside ? ASIDE.y : 0);
  const above = isWide ? 64 : 46;
  const share = Math.min(1, (view.height * MOST_INSET) / (above + below));
  const insets = { top: above * share, bottom: below * share, start: side, end: side };
  return fitChart([...near, ...afar], map, view, insets);
}

/** A place beyond the edge comes nearer, so that the others need not shrink for it. */
function drawnIn(place: Point, side: 1 | -1, near: readonly Point[]): Point {
  const level = near.filter((other) => Math.abs(other.y - place.y) < LEVEL);
  const outmost = Math.max(...(level.length > 0 ? level : near).map((other) => side * other.x));
  return { x: side * Math.min(side * place.x, outmost + AFAR_GAP), y: place.y };
}

function chartPlaces(
  seats: readonly Seat[],
  fit: Fit,
  { map, view }: SceneWish,
): Record<Seat, Point> {
  const room = FRAME + AFAR_ROOM;
  return Object.fromEntries(
    seats.map((seat) => {
      const point = project(fit, placeOn(map, seat));
      if (!AFAR[seat]) return [seat, point];
      return [
        seat,
        { x: clamp(point.x, room, view.width - room), y: clamp(point.y, 70, view.height - 70) },
      ];
    }),
  );
}

function labelsOf(
  seats: readonly Seat[],
  aside: readonly Seat[],
  at: Readonly<Record<Seat, Point>>,
  arenas: readonly ArenaDrawing[],
  isTable: boolean,
  { view, nameOf, widthOf, lineHeight, unit }: SceneWish,
): PlacedLabel[] {
  const wishes: LabelWish[] = seats.map((seat) => ({
    id: seat,
    anchor: at[seat]!,
    gap: (aside.includes(seat) ? ASIDE_GAP : LABEL_GAP) * unit,
    size: { width: widthOf(nameOf(seat)) + 8, height: lineHeight },
  }));
  const boxes: Box[] = [
    ...seats.map((seat) => squareRound(at[seat]!, (aside.includes(seat) ? 2 : 1) * MARKER * unit)),
    ...seats.filter((seat) => AFAR[seat]).map((seat) => arrowOf(at[seat]!, AFAR[seat]!)),
    ...arenas.map(({ hub }) => squareRound(hub, PLAQUE * unit)),
    ...arenas.flatMap(({ spokes }) => spokes.map(({ mark }) => squareRound(mark, MARKER * unit))),
  ];
  const points = [...samplesOf(arenas), ...(isTable ? tableTop(view) : [])];
  const frame = {
    x: FRAME,
    y: FRAME,
    width: view.width - 2 * FRAME,
    height: view.height - 2 * FRAME,
  };
  return placeLabels(wishes, { boxes, points, frame });
}

function arrowOf(at: Point, side: 1 | -1): Box {
  return {
    x: side === 1 ? at.x + MARKER : at.x - AFAR_ROOM,
    y: at.y - 6,
    width: AFAR_ROOM - MARKER,
    height: 12,
  };
}

/** Name each ocean where it covers nothing, at the first of its places that is in the window. */
function oceansOf(
  fit: Fit,
  at: Readonly<Record<Seat, Point>>,
  arenas: readonly ArenaDrawing[],
  labels: readonly PlacedLabel[],
  { map, view, widthOf, oceans = {} }: SceneWish,
): Ocean[] {
  const solid = [...Object.values(at), ...samplesOf(arenas), ...arenas.map(({ hub }) => hub)];
  const boxes = [
    ...labels.map(({ box }) => box),
    ...solid.map((point) => squareRound(point, PLAQUE)),
  ];
  return Object.entries(oceans).flatMap(([ocean, name]) => {
    const width = widthOf(name) * OCEAN_STRETCH;
    const places = (map.oceans[ocean] ?? []).map(([x, y]) => project(fit, { x, y }));
    const free = places.find((point) => isFree(boxRound(point, width), boxes, view));
    return free ? [{ name, at: free }] : [];
  });
}

function boxRound(point: Point, width: number): Box {
  return { x: point.x - width / 2, y: point.y - 14, width, height: 28 };
}

function isFree(box: Box, boxes: readonly Box[], view: Size): boolean {
  const isInside =
    box.x > FRAME &&
    box.y > FRAME &&
    box.x + box.width < view.width - FRAME &&
    box.y + box.height < view.height - FRAME;
  return isInside && boxes.every((other) => overlap(box, other) === 0);
}

/** Names stand round a table, not on it. */
function tableTop(view: Size): Point[] {
  const radius = tableRadius(view);
  const steps = [-0.9, -0.6, -0.3, 0, 0.3, 0.6, 0.9];
  return steps.flatMap((dx) =>
    steps
      .filter((dy) => Math.hypot(dx, dy) < 1)
      .map((dy) => ({ x: view.width / 2 + dx * radius.x, y: view.height / 2 + dy * radius.y })),
  );
}
