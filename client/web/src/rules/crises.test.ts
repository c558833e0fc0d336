import { expect, test } from "vitest";
import type { Arena } from "../wire/types.ts";
import { nobodyYields } from "./crises.ts";
import { scenario } from "./samples.ts";

const STAKES = { T: 1, R: 0, P: -9, S: -2 };
const OF = { ...scenario(), stakes: STAKES };
const crisis = (first: number, second: number): Arena => ({
  ...OF.arenas[0]!,
  name: "crisis_chn_phl",
  members: ["CHN", "PHL"],
  game: { type: "bimatrix", row: { ...STAKES, P: first }, column: { ...STAKES, P: second } },
});

test("a crisis pays as written until both have pressed in it", () => {
  expect(nobodyYields(crisis(-9, -9), "CHN", OF)).toMatchObject({ isBrink: false, backed: null });
  const brink = nobodyYields(crisis(-13.5, -13.5), "CHN", OF);
  expect(brink).toMatchObject({ plain: -9, together: -13.5, own: -13.5, isBrink: true });
});

test("a pact that held stands behind one side, on the brink or not", () => {
  expect(nobodyYields(crisis(-12, -6), "CHN", OF)).toMatchObject({ isBrink: false, backed: "PHL" });
  const brink = nobodyYields(crisis(-16.5, -10.5), "PHL", OF);
  expect(brink).toMatchObject({ together: -13.5, own: -10.5, isBrink: true, backed: "PHL" });
  expect(nobodyYields(OF.arenas[0]!, "CHN", OF)).toBeNull();
});
