// @vitest-environment jsdom
import { createRawSnippet, mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import Lazy from "./Lazy.svelte";

const page = createRawSnippet((screen: () => unknown) => ({
  render: () => `<p>${String(screen())}</p>`,
}));

test("a screen is shown once its code is here", async () => {
  let arrives: ((code: { default: string }) => void) | undefined;
  const coming = new Promise<{ default: string }>((resolve) => (arrives = resolve));
  const load = () => coming;
  const shown = mount(Lazy, { target: document.body, props: { load, page } });
  await vi.waitFor(() => expect(document.body.textContent).toBe("Loading…"));
  arrives?.({ default: "the screen" });
  await vi.waitFor(() => expect(document.body.textContent).toBe("the screen"));
  await unmount(shown);
});

test("a screen that does not come says why, and offers to load the page again", async () => {
  const load = () => Promise.reject(new TypeError("Failed to fetch"));
  const shown = mount(Lazy, { target: document.body, props: { load, page } });
  await vi.waitFor(() =>
    expect(document.querySelector("h1")?.textContent).toContain("did not load"),
  );
  expect(document.body.textContent).toContain("cannot be reached");
  expect(document.querySelector("button")?.textContent).toContain("Reload");
  await unmount(shown);
});
