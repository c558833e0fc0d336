// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import RungGlyph from "./RungGlyph.svelte";

test("steps that are not reached are dots, so that no rung looks like another where signs are small", async () => {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const step of [0, 1, 2, 3]) {
    const shown = mount(RungGlyph, { target: svg, props: { step } });
    const widths = [...svg.querySelectorAll("rect:not(.edge)")].map((bar) =>
      Number(bar.getAttribute("width")),
    );
    expect(widths.filter((width) => width > 8)).toHaveLength(step + 1);
    expect(widths.filter((width) => width < 3)).toHaveLength(3 - step);
    await unmount(shown);
  }
});
