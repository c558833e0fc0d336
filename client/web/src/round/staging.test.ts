/** The stage of a reveal, with a clock of its own. */
import { expect, test, vi } from "vitest";
import { MOST_MS, Staging } from "./staging.svelte.ts";

/** A stage whose clock is moved by hand. */
function staged(groups: readonly (readonly string[])[]) {
  vi.useFakeTimers();
  const stage = new Staging();
  stage.begin(groups);
  return stage;
}

const TILES = [["talks PHL", "treaty PHL"], ["talks VNM"], ["talks CHN"]];

test("my own choices turn first and together, the last one last, and then the headline", () => {
  const stage = staged(TILES);
  const shown: string[] = [];
  for (let ms = 0; ms <= MOST_MS; ms += 100) {
    for (const tile of TILES.flat()) {
      if (!stage.hides(tile) && !shown.includes(tile)) shown.push(tile);
    }
    if (shown.length < 4) expect(stage.isOn).toBe(true);
    if (shown.length === 1) expect.unreachable("one of my own choices lagged behind");
    vi.advanceTimersByTime(100);
  }
  expect(shown).toEqual(TILES.flat());
  expect(stage.isOn).toBe(false);
  vi.useRealTimers();
});

test.each([1, 2, 5, 60])("%i choices take six seconds at most", (count) => {
  const stage = staged(Array.from({ length: count }, (_, i) => [`a ${i}`]));
  vi.advanceTimersByTime(700);
  expect(stage.isOn).toBe(true);
  vi.advanceTimersByTime(MOST_MS - 700);
  expect(stage.isOn).toBe(false);
  vi.useRealTimers();
});

test("a tap shows all at once, and nothing happens after it", () => {
  const stage = staged(TILES);
  stage.skip();
  expect([stage.isOn, ...TILES.flat().map((tile) => stage.hides(tile))]).toEqual(
    Array(5).fill(false),
  );
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("what is not staged is shown", () => {
  const stage = new Staging();
  expect([stage.isOn, stage.hides("talks PHL")]).toEqual([false, false]);
  stage.begin([]);
  expect(stage.isOn).toBe(false);
});
