// @vitest-environment jsdom
import { createRawSnippet, mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import Button from "./Button.svelte";

let shown: ReturnType<typeof mount>;
afterEach(() => unmount(shown));

const children = createRawSnippet(() => ({ render: () => "<b>Move</b>" }));

test.each([{}, { href: "#/" }])(
  "a button of a picture alone says in a tooltip what it does",
  (way) => {
    const props = { icon: "close" as const, "aria-label": "Free the seat of China", ...way };
    shown = mount(Button, { target: document.body, props });
    expect(document.querySelector<HTMLElement>(".button")!.title).toBe("Free the seat of China");
  },
);

test("a button with words needs no tooltip", () => {
  const props = { "aria-label": "Move: Ann", children };
  shown = mount(Button, { target: document.body, props });
  expect(document.querySelector<HTMLElement>(".button")!.title).toBe("");
});
