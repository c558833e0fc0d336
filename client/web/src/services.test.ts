// @vitest-environment jsdom
import { expect, test } from "vitest";
import { frameOf, linkTo } from "./services.ts";

test("code to embed leads to the page for frames, and holds no mark of its own", () => {
  const code = frameOf("#/replay/x?at=r3&as=CHN", 'A "game" <b>');
  const frame = new DOMParser().parseFromString(code, "text/html").querySelector("iframe")!;
  expect(frame.title).toBe('A "game" <b>');
  expect(frame.src).toBe(`${linkTo("")}embed/#/replay/x?at=r3&as=CHN`);
});
