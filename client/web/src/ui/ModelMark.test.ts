// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import type { Model } from "../wire/types.ts";
import ModelMark from "./ModelMark.svelte";

async function shown(model: Model | null, match: string | null = null) {
  const mark = mount(ModelMark, { target: document.body, props: { model, match } });
  const text = document.body.textContent.replace(/\s+/g, " ").trim();
  const links = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  await unmount(mark);
  return { text, links };
}

test("what was played says nothing, and a model says what it is", async () => {
  expect((await shown(null, "m1")).text).toBe("");
  const { text, links } = await shown({ trunk: "m0", round: 4 });
  expect(text).toContain("This is a model: what might have happened from round 4 on.");
  expect(links).toEqual([]);
});

test("after its end it leads to the comparison, and to its match where that is stored", async () => {
  const { links } = await shown({ trunk: "m0", round: 4 }, "m1");
  expect(links).toEqual(["#/beside/m1", "#/replay/m0?at=r4"]);
  expect((await shown({ trunk: "record-ab", round: 4 }, "m1")).links).toEqual(["#/beside/m1"]);
});
