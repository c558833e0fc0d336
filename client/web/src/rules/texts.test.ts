import { expect, test } from "vitest";
import { isVisible } from "./texts.ts";

test.each(["Ann", "سلام", "7", "?", " . ", "😀", "\u200bx"])("%s can be seen", (text) => {
  expect(isVisible(text)).toBe(true);
});

test.each(["", "  ", "\u200b", "\u3164\u2800 \u200d", "\u202e", "\u00a0", "\ufdd0", "\u0301"])(
  "nothing of %j can be seen",
  (text) => {
    expect(isVisible(text)).toBe(false);
  },
);
