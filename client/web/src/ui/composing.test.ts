// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepComposing } from "./composing.ts";

const heard = vi.fn();
let stop: () => void;
let field: HTMLTextAreaElement;

beforeEach(() => {
  document.body.innerHTML = "<textarea></textarea>";
  field = document.querySelector("textarea")!;
  field.addEventListener("keydown", heard);
  stop = keepComposing(document);
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
  heard.mockReset();
});

function press(key: string, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  field.dispatchEvent(event);
  return event;
}

const endComposition = () =>
  field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));

test.each([
  ["Chrome and Firefox", "Enter", { isComposing: true, keyCode: 229 }],
  ["Safari", "Enter", { keyCode: 229 }],
  ["a letter that is composed", "Process", { keyCode: 229 }],
])("the key of an input method is nobody's: %s", (_, key, more) => {
  expect(press(key, more).defaultPrevented).toBe(false);
  expect(heard).not.toHaveBeenCalled();
});

test("an Enter right after a composition is nobody's, and sends no form", () => {
  endComposition();
  expect(press("Enter", { keyCode: 13 }).defaultPrevented).toBe(true);
  expect(press("a", { keyCode: 65 }).defaultPrevented).toBe(false);
  expect(heard).toHaveBeenCalledTimes(1);
});

test("any other Enter is the page's", async () => {
  press("Enter", { keyCode: 13 });
  endComposition();
  await new Promise((done) => setTimeout(done, 60));
  press("Enter", { keyCode: 13 });
  expect(heard).toHaveBeenCalledTimes(2);
});
