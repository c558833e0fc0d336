// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepWords } from "./rewriting.svelte.ts";

let state: { isSeen: boolean; isLost: boolean };
let stop: () => void;

beforeEach(() => {
  document.body.innerHTML = "<p>Round 1<b>of 8</b></p>";
  state = { isSeen: false, isLost: false };
  stop = keepWords(document.body, state);
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

const text = () => document.querySelector("p")!.firstChild as Text;
const observed = () => new Promise((done) => setTimeout(done));

function font(words = "Runde 1"): HTMLElement {
  const outer = document.createElement("font");
  outer.appendChild(document.createElement("font")).textContent = words;
  return outer;
}

test.each<[string, (text: Text) => void]>([
  ["in one step", (text) => text.replaceWith(font())],
  ["as a child", (text) => text.parentNode!.replaceChild(font(), text)],
  [
    "in two steps",
    (text) => {
      text.before(font());
      text.remove();
    },
  ],
  [
    "by wrapping it",
    (text) => {
      const outer = font("");
      text.before(outer);
      outer.append(text);
    },
  ],
])("a text that is replaced %s comes back, the very node", async (_, translate) => {
  const ours = text();
  translate(ours);
  await observed();
  expect(document.body.innerHTML).toBe("<p>Round 1<b>of 8</b></p>");
  expect(text()).toBe(ours);
  expect(state).toEqual({ isSeen: true, isLost: false });
});

test("what the page itself takes away stays away", async () => {
  text().remove();
  document.querySelector("p")!.prepend("Round 2");
  await observed();
  expect(document.body.textContent).toBe("Round 2of 8");
  expect(state.isSeen).toBe(false);
});

test("an element that somebody adds is no translation", async () => {
  document.body.append(font());
  await observed();
  expect(document.querySelectorAll("font")).toHaveLength(2);
  expect(state.isSeen).toBe(false);
});

test("who translates without end is told of, and the page does not hang", async () => {
  const translator = new MutationObserver(() => {
    if (text().nodeName === "#text") text().replaceWith(font());
  });
  translator.observe(document.body, { childList: true, subtree: true });
  text().replaceWith(font());
  await observed();
  translator.disconnect();
  expect(state).toEqual({ isSeen: true, isLost: true });
});
