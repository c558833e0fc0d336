import { expect, test } from "vitest";
import { summit } from "../rules/samples.ts";
import { titlesIn } from "./arena-lists.ts";

test("a title that says and stands in quotation marks, so that a list of arenas can be read", () => {
  const [first, second] = summit().arenas.map((arena, i) =>
    i === 0 ? { ...arena, name: "us_taiwan", title: "United States and Taiwan" } : arena,
  );
  expect(titlesIn([first!, second!], ["us_taiwan", "quad"])).toBe(
    "“United States and Taiwan” and Quad",
  );
});
