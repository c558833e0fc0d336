// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
import { keepAwake, type Screen } from "./awake.ts";

/** A screen that counts what holds it, and may refuse. */
class FakeScreen implements Screen {
  held = 0;
  visibilityState: DocumentVisibilityState = "visible";
  refuses = false;
  #looks: (() => void)[] = [];
  readonly lock = {
    request: () => {
      if (this.refuses) return Promise.reject(new DOMException("low battery", "NotAllowedError"));
      this.held += 1;
      const release = () => Promise.resolve(void (this.held -= 1));
      return Promise.resolve({ release } as WakeLockSentinel);
    },
  };
  readonly page = {
    visibilityState: "visible" as DocumentVisibilityState,
    addEventListener: (_: string, look: unknown) => void this.#looks.push(look as () => void),
    removeEventListener: (_: string, look: unknown) => {
      this.#looks = this.#looks.filter((each) => each !== look);
    },
  } as Screen["page"] & { visibilityState: DocumentVisibilityState };

  /** The page goes out of sight, where the browser lets go, and comes back. */
  leaveAndComeBack() {
    this.page.visibilityState = "hidden";
    this.held = 0;
    this.#looks.forEach((look) => look());
    this.page.visibilityState = "visible";
    this.#looks.forEach((look) => look());
  }
}

const settled = () => new Promise((done) => setTimeout(done));

test("the screen is held until it is let go, and again after the page was out of sight", async () => {
  const screen = new FakeScreen();
  const letGo = keepAwake(screen);
  await settled();
  expect(screen.held).toBe(1);
  screen.leaveAndComeBack();
  await settled();
  expect(screen.held).toBe(1);
  letGo();
  await settled();
  expect(screen.held).toBe(0);
  screen.leaveAndComeBack();
  await settled();
  expect(screen.held).toBe(0);
});

test("what is let go before the browser has answered is not held either", async () => {
  const screen = new FakeScreen();
  keepAwake(screen)();
  await settled();
  expect(screen.held).toBe(0);
});

test("a refusal stands in the console and stops nothing", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const screen = new FakeScreen();
  screen.refuses = true;
  const letGo = keepAwake(screen);
  await settled();
  expect(warned).toHaveBeenCalledOnce();
  screen.refuses = false;
  screen.leaveAndComeBack();
  await settled();
  expect(screen.held).toBe(1);
  letGo();
  warned.mockRestore();
});

test("a browser that cannot hold it is asked for nothing", () => {
  expect(() => keepAwake({ lock: undefined, page: document })()).not.toThrow();
});
