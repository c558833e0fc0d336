// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { BLANK, summit } from "../rules/samples.ts";
import type { Seat } from "../wire/types.ts";
import MapTies from "./MapTies.svelte";

const SIZE = 14;
const widthOf = (words: string, size: number) => words.length * size * 0.5;

/** The words of two pairs in crisis, whose lines run side by side, and where their middles stand. */
async function wordsOf() {
  const svg = document.body.appendChild(
    document.createElementNS("http://www.w3.org/2000/svg", "svg"),
  );
  const places: [Seat, number, number][] = [
    ["CHN", 167, 40],
    ["IND", 167, 360],
    ["USA", 233, 40],
    ["JPN", 233, 360],
  ];
  const seats = places.map(([seat, x, y]) => {
    return {
      seat,
      name: seat,
      at: { x, y },
      afar: 0,
      isState: true,
    };
  });
  const scenario = { ...summit(), starts: [{}] };
  const rivalry = (seats: [Seat, Seat], tension: number) => ({ seats, rung: "crisis", tension });
  const pairs = [rivalry(["CHN", "IND"], 1), rivalry(["USA", "JPN"], 0.8)];
  const props = {
    seats,
    labels: [],
    scenario,
    standing: BLANK,
    pairs,
    kind: "tension",
    mine: null,
  };
  const ties = mount(MapTies, {
    target: svg,
    props: {
      ...props,
      view: { width: 400, height: 400 },
      fontSize: SIZE,
      widthOf,
      unit: 1,
    } as never,
  });
  const found = [...svg.querySelectorAll("text")].map((word) => ({
    text: word.textContent,
    x: Number(word.getAttribute("x")),
    y: Number(word.getAttribute("y")),
  }));
  await unmount(ties);
  svg.remove();
  return found;
}

test("the words of two lines side by side do not lie on each other", async () => {
  const [one, two] = await wordsOf();
  expect([one!.text, two!.text].toSorted()).toEqual(["crisis 100%", "crisis 80%"]);
  const isApart =
    Math.abs(one!.x - two!.x) >= widthOf("crisis 100%", SIZE * 0.9) ||
    Math.abs(one!.y - two!.y) >= SIZE * 1.2;
  expect(isApart).toBe(true);
});
