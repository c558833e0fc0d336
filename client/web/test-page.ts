/** One page serves many test files, in any order: each test leaves it as it was found.

Also what jsdom lacks of a browser; no test brings its own, which the next ones would find.
*/
import { afterEach, expect } from "vitest";
import { announcer } from "./src/design/announcer.svelte.ts";

if (typeof document !== "undefined") {
  window.matchMedia = () =>
    ({ matches: false, addEventListener() {}, removeEventListener() {} }) as never;
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };

  if (!("fonts" in document))
    Object.defineProperty(document, "fonts", { value: { ready: Promise.resolve() } });

  afterEach(() => {
    const { lang } = document.documentElement;
    const left = document.body.innerHTML;
    document.body.replaceChildren();
    localStorage.clear();
    announcer.clear(); // the clock that it waits for may be gone with the test
    expect([lang || "en", left], "language and page after the test").toEqual(["en", ""]);
  });
}
