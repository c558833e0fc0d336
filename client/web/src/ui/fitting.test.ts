import { expect, test } from "vitest";
import { largest } from "./fitting.ts";

test("what has room is as large as it may be", () => {
  expect(largest(1.6, () => true)).toBe(1.6);
});

test.each([1.5, 1.03, 0.7, 0.41])(
  "what fits at %d is almost as large, and never larger",
  (most) => {
    const found = largest(1.6, (zoom) => zoom <= most);
    expect(found).toBeLessThanOrEqual(most);
    expect(found).toBeGreaterThan(most - 0.02);
  },
);

test("what never fits is as small as can be read", () => {
  expect(largest(1.6, () => false)).toBe(0.4);
});
