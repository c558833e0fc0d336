// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { summitInForce } from "../rules/samples.ts";
import { drawArenas } from "./arena-lines.ts";
import { overlap, type Box } from "./geometry.ts";
import MapBlocs from "./MapBlocs.svelte";
import { boxAround } from "./spots.ts";

const SIZE = 14;
const widthOf = (words: string, size: number) => words.length * size * 0.5;
const VIEW = { width: 400, height: 400 };
const AT = {
  CHN: { x: 200, y: 60 },
  USA: { x: 60, y: 330 },
  AUS: { x: 340, y: 330 },
  RED: { x: 200, y: 380 },
};

/** Where the figure of China's shadow stands on a map with these names. */
async function figureBox(labels: readonly Box[]): Promise<Box> {
  const blocs = summitInForce().filter(({ name }) => name !== "summit");
  const svg = document.body.appendChild(
    document.createElementNS("http://www.w3.org/2000/svg", "svg"),
  );
  const props = {
    arenas: drawArenas(blocs, AT, VIEW, undefined, true),
    seats: Object.entries(AT).map(([seat, at]) => ({ seat, at })),
    labels: labels.map((box) => ({ id: "", box, isFar: false })),
    shades: [{ seat: "CHN", strength: 0.5, points: 0.55, a_round: 0.275, blocs: ["quad"] }],
    fontSize: SIZE,
    widthOf,
    unit: 1,
  };
  const shown = mount(MapBlocs, { target: svg, props: props as never });
  const figure = svg.querySelector("text")!;
  const at = { x: Number(figure.getAttribute("x")), y: Number(figure.getAttribute("y")) };
  expect(figure.textContent).toBe("+0.55");
  await unmount(shown);
  svg.remove();
  return boxAround(at, { width: widthOf("+0.55", SIZE), height: SIZE });
}

test("what a shadow costs stands on no name", async () => {
  const first = await figureBox([]);
  const second = await figureBox([first]);
  expect(overlap(first, second)).toBe(0);
});
