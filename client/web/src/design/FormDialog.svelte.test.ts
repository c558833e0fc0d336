// @vitest-environment jsdom
import { createRawSnippet, flushSync, mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import FormDialog from "./FormDialog.svelte";

test("a refusal is scrolled into sight and focused when it comes", async () => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  const seen: Element[] = [];
  Element.prototype.scrollIntoView = function () {
    seen.push(this);
  };
  const props = $state({
    open: true,
    title: "Play on",
    go: "Go",
    problems: [] as string[],
    children: createRawSnippet(() => ({ render: () => "<input />" })),
    onsubmit: () => {
      props.problems = ["Guests play on alone."];
      return Promise.resolve();
    },
  });
  const shown = mount(FormDialog, { target: document.body, props });
  flushSync();
  document.querySelector("form")!.dispatchEvent(new Event("submit", { cancelable: true }));
  await vi.waitFor(() =>
    expect(document.activeElement?.textContent).toContain("Guests play on alone."),
  );
  expect(seen).toEqual([document.activeElement]);
  await unmount(shown);
});
