import { expect, test } from "vitest";
import { bow, distance, overlap, pointOn, squareRound, trimmed } from "./geometry.ts";
import { figureSpot, signedLines } from "./spots.ts";

const LINE = { from: { x: 0, y: 0 }, to: { x: 300, y: 0 } };
const FRAME = { x: -50, y: -100, width: 400, height: 200 };

/** The boxes of the signs of ties. */
const signs = (ties: readonly (typeof LINE)[], taken: Parameters<typeof signedLines>[1]) =>
  signedLines(ties, taken, FRAME, 13).map(({ spot }) => squareRound(spot, 13));

test("a sign stands beside the name on its line, and beside another sign", () => {
  const name = { x: 150, y: -30, width: 70, height: 30 };
  const [one, two] = signs([LINE, LINE], [name]);
  expect([overlap(one!, name), overlap(two!, name), overlap(one!, two!)]).toEqual([0, 0, 0]);
});

test("where nothing is in the way it stands behind the middle", () => {
  expect(signedLines([LINE], [], FRAME, 13)[0]!.spot.x).toBeCloseTo(180);
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
  const third = pointOn(signedLines([LINE], [], FRAME, 13)[0]!.curve, 0.5);
  const [line] = signedLines([LINE], [], FRAME, 13, { at: [LINE.from, third, LINE.to], half: 12 });
  const steps = Array.from({ length: 101 }, (_, i) => pointOn(line!.curve, i / 100));
  expect(Math.min(...steps.map((each) => distance(each, third)))).toBeGreaterThan(12);
});

test("a line begins and ends at the edge of the markers that it joins", () => {
  const [line] = signedLines([LINE], [], FRAME, 13, { at: [LINE.from, LINE.to], half: 12 });
  const { from, to } = trimmed(line!.curve, 12);
  expect([distance(from, LINE.from), distance(to, LINE.to)].map(Math.round)).toEqual([12, 12]);
});

test("a figure on a line covers no name that stands on it", () => {
  const curve = bow(LINE.from, LINE.to, 0);
  const name = { x: 150, y: -10, width: 70, height: 20 };
  const { x, y } = figureSpot(curve, { width: 30, height: 16 }, [name]);
  expect(overlap({ x: x - 15, y: y - 8, width: 30, height: 16 }, name)).toBe(0);
});
