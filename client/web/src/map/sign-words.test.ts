// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { drawAsia } from "../../map-plugin.ts";
import type { Arena, Player } from "../wire/types.ts";
import { overlap, squareRound } from "./geometry.ts";
import { layScene } from "./map-scene.ts";
import { placeWords } from "./sign-words.ts";
import { signedLines } from "./spots.ts";

const FOLDER = new URL("../../../../game_rules/scenarios/", import.meta.url);
const map = drawAsia();
const SIGN = 13;
const MARKER = 12;
/** As the map stands in windows: a phone, at the table and in the replay, and a desk. */
const VIEWS = [
  { width: 362, height: 452, fontSize: 13, unit: 1 },
  { width: 362, height: 328, fontSize: 13, unit: 1 },
  { width: 600, height: 310, fontSize: 14.5, unit: 1 },
  { width: 600, height: 222, fontSize: 13, unit: 0.72 },
];

/** What a map needs of a scenario's file. */
function readScenario(name: string) {
  const text = readFileSync(new URL(name, FOLDER), "utf8");
  const quoted = (list: string) => [...list.matchAll(/"(\w+)"/g)].map((found) => found[1]!);
  const rivals = /^rivals = \[\n(.*?)^\]/ms.exec(text)?.[1] ?? "";
  return {
    name,
    players: text
      .split("[[players]]")
      .slice(1)
      .map((part): Player => {
        const seat = /^seat = "(\w+)"/m.exec(part)![1]!;
        const kind = /^kind = "non_state"/m.test(part) ? "non_state" : "state";
        return { seat, name: seat, brief: "", figures: {}, kind };
      }),
    arenas: [...text.matchAll(/^members = \[(.*?)\]/gms)].map((found, i) => {
      return { name: `arena_${i}`, members: quoted(found[1]!) } as unknown as Arena;
    }),
    rivals: [...rivals.matchAll(/seats = \[(.*?)\]/g)].map((found) => quoted(found[1]!)),
  };
}

const played = readdirSync(FOLDER)
  .map((name) => readScenario(name))
  .filter(({ rivals }) => rivals.length > 0);

const cases = played.flatMap((scenario) =>
  VIEWS.map((view) => ({
    ...scenario,
    ...view,
    view,
    title: `${scenario.name} ${view.width}×${view.height}`,
  })),
);

describe.each(cases)("$title", ({ players, arenas, rivals, view, fontSize, unit }) => {
  const scene = layScene({
    ...{ scenario: { players, arenas }, map, view, unit },
    nameOf: (seat) => (seat.startsWith("US") ? "United States" : "Philippines"),
    widthOf: (text) => text.length * fontSize * 0.56,
    lineHeight: fontSize * 1.4,
  });
  const at = Object.fromEntries(scene.seats.map((seat) => [seat.seat, seat.at]));
  const taken = [
    ...scene.labels.map(({ box }) => box),
    ...scene.seats.map((seat) => squareRound(seat.at, MARKER * unit)),
  ];
  const reach = SIGN * unit;
  const frame = { x: 8, y: 8, width: view.width - 16, height: view.height - 16 };
  const word = { width: 13 * fontSize * 0.5, height: fontSize * 1.2 };
  const ends = rivals.map(([from, to]) => ({ from: at[from!]!, to: at[to!]! }));
  const markers = { at: scene.seats.map((seat) => seat.at), half: (MARKER + 4) * unit };
  const signs = signedLines(ends, { taken, frame, reach, markers, word }).map(({ spot }) => spot);
  const solid = [...taken, ...signs.map((sign) => squareRound(sign, reach))];

  test.each(rivals.map((_, i) => i))(
    "the pair %i keeps its word where it matters most",
    (first) => {
      const wishes = signs.map((sign, i) => ({ sign, size: word, weight: i === first ? 1 : 0 }));
      const boxes = placeWords(wishes, reach, { taken: solid, frame });
      expect(boxes[first]).not.toBeNull();
      const words = boxes.filter((box) => box !== null);
      const covered = words.flatMap((box, i) =>
        [...solid, ...words.slice(i + 1)].filter((other) => overlap(box, other) > 0),
      );
      expect(covered).toEqual([]);
    },
  );
});

test("where two words have one place, the weightier has it and the other is dropped", () => {
  const size = { width: 60, height: 16 };
  const frame = { x: 0, y: 0, width: 60, height: 29 };
  const wishes = [0, 1].map((weight) => ({ sign: { x: 30, y: 0 }, size, weight }));
  const [lesser, more] = placeWords(wishes, 13, { taken: [], frame });
  expect([lesser, more?.y]).toEqual([null, 13]);
});
