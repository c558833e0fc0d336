import { expect, test } from "vitest";
import { bow, overlap, squareRound } from "./geometry.ts";
import { spotsOn } from "./spots.ts";

const LINE = bow({ x: 0, y: 0 }, { x: 300, y: 0 }, 0);

test("a sign stands beside the name on its line, and beside another sign", () => {
  const name = { x: 150, y: -10, width: 70, height: 20 };
  const [one, two] = spotsOn([LINE, LINE], [name]).map((spot) => squareRound(spot, 13));
  expect([overlap(one!, name), overlap(two!, name), overlap(one!, two!)]).toEqual([0, 0, 0]);
});

test("where nothing is in the way it stands behind the middle", () => {
  expect(spotsOn([LINE], [])[0]!.x).toBeCloseTo(180);
});
