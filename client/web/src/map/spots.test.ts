import { expect, test } from "vitest";
import {
  bow,
  contains,
  distance,
  overlap,
  pointOn,
  squareRound,
  trimmed,
  type Box,
  type Curve,
  type Point,
} from "./geometry.ts";
import { figuredLines, figureSpot, signedLines } from "./spots.ts";

const LINE = { from: { x: 0, y: 0 }, to: { x: 300, y: 0 } };
const FRAME = { x: -50, y: -100, width: 400, height: 200 };

const OPEN = { taken: [], frame: FRAME, reach: 13 };

/** The boxes of the signs of ties. */
const signs = (ties: readonly (typeof LINE)[], taken: readonly Box[]) =>
  signedLines(ties, { taken, frame: FRAME, reach: 13 }).map(({ spot }) => squareRound(spot, 13));

test("a sign stands beside the name on its line, and beside another sign", () => {
  const name = { x: 150, y: -30, width: 70, height: 30 };
  const [one, two] = signs([LINE, LINE], [name]);
  expect([overlap(one!, name), overlap(two!, name), overlap(one!, two!)]).toEqual([0, 0, 0]);
});

test("where nothing is in the way it stands behind the middle", () => {
  expect(signedLines([LINE], OPEN)[0]!.spot.x).toBeCloseTo(180);
});

test("a line too short for its sign bends, so that it covers neither end", () => {
  const ends = { from: { x: 0, y: 0 }, to: { x: 34, y: 0 } };
  const markers = [ends.from, ends.to].map((at) => squareRound(at, 12));
  const [sign] = signs([ends], markers);
  expect(markers.map((marker) => overlap(sign!, marker))).toEqual([0, 0]);
});

test("no line bends out of the picture", () => {
  const ends = { from: { x: -40, y: -90 }, to: { x: 0, y: -90 } };
  const markers = [ends.from, ends.to].map((at) => squareRound(at, 12));
  const [sign] = signs([ends], markers);
  expect(overlap(sign!, FRAME)).toBeCloseTo(26 * 26);
});

test("a line goes round the marker of a seat that it does not join", () => {
  const third = pointOn(signedLines([LINE], OPEN)[0]!.curve, 0.5);
  const [line] = signedLines([LINE], {
    ...OPEN,
    markers: { at: [LINE.from, third, LINE.to], half: 12 },
  });
  const steps = Array.from({ length: 101 }, (_, i) => pointOn(line!.curve, i / 100));
  expect(Math.min(...steps.map((each) => distance(each, third)))).toBeGreaterThan(12);
});

test("a line begins and ends at the edge of the markers that it joins", () => {
  const [line] = signedLines([LINE], { ...OPEN, markers: { at: [LINE.from, LINE.to], half: 12 } });
  const { from, to } = trimmed(line!.curve, 12);
  expect([distance(from, LINE.from), distance(to, LINE.to)].map(Math.round)).toEqual([12, 12]);
});

test("a figure on a line covers no name that stands on it", () => {
  const curve = bow(LINE.from, LINE.to, 0);
  const name = { x: 150, y: -10, width: 70, height: 20 };
  const { x, y } = figureSpot(curve, { width: 30, height: 16 }, [name]);
  expect(overlap({ x: x - 15, y: y - 8, width: 30, height: 16 }, name)).toBe(0);
});

/** Points along a line. */
const along = (line: { curve: Curve } | undefined) =>
  Array.from({ length: 101 }, (_, i) => pointOn(line!.curve, i / 100));

test("no line runs out of the picture to go round a seat", () => {
  const [from, to] = [
    { x: 0, y: -95 },
    { x: 300, y: 60 },
  ];
  const seats = [0.24, -0.24].map((share) => pointOn(bow(from, to, share), 0.5));
  const markers = { at: [from, ...seats, to], half: 12 };
  const [line] = signedLines([{ from, to }], { ...OPEN, markers });
  expect(along(line).every((step) => contains(FRAME, step))).toBe(true);
});

test("no line runs through the sign of another", () => {
  const [one, two] = signedLines([LINE, LINE], OPEN);
  expect(Math.min(...along(two).map((step) => distance(step, one!.spot)))).toBeGreaterThan(13);
});

test("a line does not run along another that joins a seat of its own", () => {
  const near = { from: LINE.from, to: { x: 260, y: 24 } };
  const [one, two] = signedLines([LINE, near], OPEN);
  const between = (step: Point) => Math.min(...along(one).map((each) => distance(step, each)));
  const apart = along(two)
    .slice(35, 66)
    .map((step) => between(step));
  expect(Math.min(...apart)).toBeGreaterThan(13);
});

test("a line goes round a name where another way is as good", () => {
  const free = along(signedLines([LINE], OPEN)[0]);
  const { x, y } = free[50]!;
  const name = { x: x - 40, y: y - 10, width: 80, height: 20 };
  const [line] = signedLines([LINE], { ...OPEN, taken: [name] });
  expect(along(line).filter((step) => contains(name, step))).toEqual([]);
});

test("a line of trust goes round a third seat, and its figure keeps off another", () => {
  const third = pointOn(bow(LINE.from, LINE.to, 0.14), 0.5);
  const markers = { at: [LINE.from, third, LINE.to], half: 12 };
  const figure = { width: 30, height: 16 };
  const [one, two] = figuredLines([LINE, LINE], figure, { ...OPEN, markers });
  const steps = Array.from({ length: 101 }, (_, i) => pointOn(one!.curve, i / 100));
  expect(Math.min(...steps.map((each) => distance(each, third)))).toBeGreaterThan(12);
  const boxOf = ({ x, y }: typeof third) => ({ x: x - 15, y: y - 8, ...figure });
  expect(overlap(boxOf(one!.spot), boxOf(two!.spot))).toBe(0);
});
