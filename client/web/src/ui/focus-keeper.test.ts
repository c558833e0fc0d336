// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from "vitest";
import { keepFocus } from "./focus-keeper.ts";

let stop: () => void;

beforeEach(() => {
  stop = keepFocus(document);
});

afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function page(html: string): void {
  document.body.innerHTML = html;
}

const at = (id: string) => document.getElementById(id)!;
const drawn = () =>
  new Promise<void>((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))),
  );

test("what goes away hands the focus to the part around it", async () => {
  page(
    `<main><section id="table"><article aria-labelledby="a" id="card"><h4 id="a">A</h4><button id="accept">x</button></article></section></main>`,
  );
  at("accept").focus();
  at("card").remove();
  await drawn();
  expect(document.activeElement).toBe(at("table"));
  expect(at("table").tabIndex).toBe(-1);
});

test("the nearest part that is left is taken, not the page", async () => {
  page(
    `<main><section id="outer"><fieldset id="inner"><p id="line"><button id="b">x</button></p></fieldset></section></main>`,
  );
  at("b").focus();
  at("line").remove();
  await drawn();
  expect(document.activeElement).toBe(at("inner"));
});

test("a part that is a stop of the Tab key stays one", async () => {
  page(`<main><section id="part" tabindex="0"><button id="b">x</button></section></main>`);
  at("b").focus();
  at("b").remove();
  await drawn();
  expect(document.activeElement).toBe(at("part"));
  expect(at("part").tabIndex).toBe(0);
});

test("what is only left stays left", async () => {
  page(`<main><section id="part"><button id="b">x</button></section></main>`);
  at("b").focus();
  at("b").blur();
  at("part").append("news");
  await drawn();
  expect(document.activeElement).toBe(document.body);
});

test("a focus that stands somewhere is never moved", async () => {
  page(`<main><section><button id="b">x</button></section><button id="c">y</button></main>`);
  at("b").focus();
  at("c").focus();
  at("b").remove();
  await drawn();
  expect(document.activeElement).toBe(at("c"));
});

test("what changes its place in a list takes the focus along", async () => {
  page(
    `<main><ul id="list"><li id="one"><button id="b">x</button></li><li id="two">y</li></ul></main>`,
  );
  at("b").focus();
  at("list").append(at("one"));
  at("b").blur(); // as browsers do to what is taken out
  await drawn();
  expect(document.activeElement).toBe(at("b"));
});

test("where no part is around it, the page's main part is taken", async () => {
  page(`<header><button id="gone">x</button></header><main id="main">text</main>`);
  at("gone").focus();
  at("gone").remove();
  await drawn();
  expect(document.activeElement).toBe(at("main"));
});

test("what is hidden hands the focus on, though the browser still names it", async () => {
  page(`<main id="main"><p>A</p></main><div id="dialog"><button id="close">x</button></div>`);
  at("close").focus();
  at("dialog").hidden = true;
  expect(document.activeElement).toBe(at("close"));
  await drawn();
  expect(document.activeElement).toBe(at("main"));
});
