// @vitest-environment node
import { describe, expect, test } from "vitest";
import { drawAsia } from "../../map-plugin.ts";
import type { Arena, Player } from "../wire/types.ts";
import { overlap, squareRound } from "./geometry.ts";
import { layScene, shapeOf, type Scene } from "./map-scene.ts";

const map = drawAsia();
const PHONE = { width: 336, height: 400 };
const DESK = { width: 620, height: 400 };
const NAMES: Record<string, string> = {
  USA: "United States",
  KOR: "South Korea",
  PRK: "North Korea",
};

/** The seats and arenas of matches that are played. */
const TABLES: Record<string, string[][]> = {
  "South China Sea": [
    ["CHN", "PHL", "VNM", "MYS", "IDN"],
    ["USA", "PHL"],
  ],
  ASEAN: [["IDN", "VNM", "PHL", "SGP", "THA", "MYS"]],
  Korea: [
    ["PRK", "KOR", "USA", "CHN", "JPN", "RUS"],
    ["USA", "KOR"],
  ],
  Strait: [["CHN", "TWN", "USA", "JPN"]],
  Restraint: [["IND", "PAK"]],
  Quad: [
    ["USA", "JPN", "IND", "AUS"],
    ["USA", "JPN", "IND", "AUS", "CHN", "IDN"],
  ],
  SCO: [
    ["CHN", "RUS", "KAZ", "IND", "PAK"],
    ["CHN", "RUS"],
  ],
  SEATO: [
    ["USA", "GBR", "FRA", "AUS", "NZL", "PAK", "PHL", "THA"],
    ["USA", "THA"],
    ["USA", "PAK"],
  ],
  bare: [["ROW", "COLUMN"]],
};

function lay(
  arenas: string[][],
  view: { width: number; height: number },
  others: string[] = [],
  isNameless = false,
): Scene {
  const seats = [...new Set(arenas.flat())];
  return layScene({
    scenario: {
      players: seats.map((seat): Player => {
        const kind = others.includes(seat) ? "non_state" : "state";
        return { seat, name: seat, brief: "", figures: {}, kind };
      }),
      arenas: arenas.map((members, i) => ({ name: `arena_${i}`, members }) as unknown as Arena),
    },
    map,
    view,
    nameOf: (seat) => NAMES[seat] ?? "Philippines",
    widthOf: (name) => name.length * 8,
    lineHeight: 19,
    unit: 1,
    isNameless,
    oceans: { pacific: "Pacific Ocean", indian: "Indian Ocean" },
  });
}

const cases = Object.entries(TABLES).flatMap(([name, arenas]) => [
  { name: `${name} on a phone`, arenas, view: PHONE },
  { name: `${name} on a desk`, arenas, view: DESK },
]);

describe.each(cases)("$name", ({ arenas, view }) => {
  const scene = lay(arenas, view);

  test("no name lies on another", () => {
    const boxes = scene.labels.map(({ box }) => box);
    const touching = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b) > 0));
    expect(touching).toEqual([]);
  });

  test("every name, marker and plaque is in the window", () => {
    const frame = { x: 0, y: 0, ...view };
    for (const { box } of scene.labels)
      expect(overlap(box, frame)).toBeCloseTo(box.width * box.height);
    for (const { at } of scene.seats) expect(inside(at, view)).toBe(true);
    for (const { hub } of scene.arenas) expect(inside(hub, view)).toBe(true);
  });

  test("each member has its own line to the plaque", () => {
    arenas.forEach((members, i) => {
      const { spokes, hub } = scene.arenas[i]!;
      expect(spokes.map(({ seat }) => seat)).toEqual(members);
      for (const { curve } of spokes)
        expect(Math.hypot(curve.to.x - hub.x, curve.to.y - hub.y)).toBeLessThan(1);
    });
  });
});

test("the United States stand at the eastern edge, Britain and France at the western one", () => {
  const { seats } = lay(TABLES["SEATO"]!, DESK);
  const x = (seat: string) => seats.find((each) => each.seat === seat)!.at.x;
  const near = seats.filter(({ afar }) => afar === 0).map(({ at }) => at.x);
  expect(seats.filter(({ afar }) => afar === 1).map(({ seat }) => seat)).toEqual(["USA"]);
  expect(x("GBR")).toBeLessThan(Math.min(...near));
  expect(x("FRA")).toBeLessThan(Math.min(...near));
});

test.each([PHONE, DESK])("who is no state stands apart, below all countries", (view) => {
  const arenas = [[...TABLES["Quad"]![1]!, "RED", "FAB"]];
  const scene = lay(arenas, view, ["RED", "FAB"]);
  expect(scene.fit).not.toBeNull();
  const lowest = Math.max(...scene.seats.filter((x) => x.isState).map(({ at }) => at.y));
  for (const { at } of scene.seats.filter((x) => !x.isState)) {
    expect(at.y).toBeGreaterThan(lowest);
    expect(inside(at, view)).toBe(true);
  }
  const boxes = scene.labels.map(({ box }) => box);
  const touching = boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b) > 0));
  expect(touching).toEqual([]);
});

test("a low window still gives half of its height to the seats", () => {
  const low = { width: 566, height: 155 };
  const { seats, labels } = lay([[...TABLES["Quad"]![1]!, "RED"]], low, ["RED"]);
  const heights = seats.filter((x) => x.isState).map(({ at }) => at.y);
  expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(low.height / 2);
  for (const { box } of labels) expect(inside({ x: box.x, y: box.y }, low)).toBe(true);
});

/** How large signs are drawn where the map is low. */
const SMALL = 0.72;

test("beside the scores no sign of a deed is under another, or under a plaque", () => {
  const four = TABLES["Strait"]![0]!;
  const arenas = [four, ["USA", "TWN"], ["USA", "JPN"], [...four, "FAB"]];
  const scene = lay(arenas, { width: 573, height: 222 }, ["FAB"]);
  const boxes = [
    ...scene.arenas.map(({ hub }) => squareRound(hub, 13 * SMALL)),
    ...scene.arenas.flatMap(({ spokes }) => spokes.map(({ mark }) => squareRound(mark, 8 * SMALL))),
  ];
  const most = (16 * SMALL) ** 2 / 3;
  expect(boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b) > most))).toEqual(
    [],
  );
});

test("seats without a country sit at a table", () => {
  expect(lay([["ROW", "COLUMN"]], DESK).fit).toBeNull();
  expect(lay([["IND", "PAK"]], DESK).fit).not.toBeNull();
});

test("the sheet has every country once, Australia whole", () => {
  expect(map.countries["AUS"]!.length).toBeGreaterThan(1000);
  expect(map.countries["SGP"]).toMatch(/^M/);
  for (const seat of Object.keys(map.places)) {
    const [x, y] = map.places[seat]!;
    expect(inside({ x, y }, map)).toBe(true);
  }
});

test("a change of payoffs lays nothing out again, one of members does", () => {
  const players: Player[] = [];
  const arena = { name: "strait", members: ["CHN", "TWN"] } as unknown as Arena;
  const shape = shapeOf({ players, arenas: [arena] });
  expect(shapeOf({ players, arenas: [{ ...arena, title: "Later" }] })).toBe(shape);
  expect(shapeOf({ players, arenas: [{ ...arena, members: ["CHN", "USA"] }] })).not.toBe(shape);
});

test("lines are the same where nothing is named", () => {
  const lines = (scene: Scene) =>
    scene.arenas.map(({ hub, spokes }) => [hub, spokes.map(({ curve }) => curve)]);
  const arenas = TABLES["SEATO"]!;
  const nameless = lay(arenas, DESK, [], true);
  expect(nameless.labels).toEqual([]);
  expect(lines(nameless)).toEqual(lines(lay(arenas, DESK)));
});

function inside(
  { x, y }: { x: number; y: number },
  { width, height }: { width: number; height: number },
) {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}
