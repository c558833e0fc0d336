import { describe, expect, it } from "vitest";
import { addressed, grouped, roundOf, toldOf } from "./story.ts";

describe("the debrief", () => {
  it("puts what is said of the same rows into one item", () => {
    const sentences = ["a", "a", "b", "a"].map((row) => ({ pieces: [], evidence: [row] }));
    const items = grouped(addressed({ name: "moments", sentences }));
    expect(items.map((item) => item.length)).toEqual([2, 1, 1]);
    expect(items[1]![0]!.address).toBe("said-moments-3");
    expect(grouped([])).toEqual([]);
  });

  it("leads from a row back to the first sentence of each part that tells of it", () => {
    const part = (name: string, ...rows: string[][]) => ({
      name,
      title: name.toUpperCase(),
      sentences: rows.map((evidence) => ({ pieces: [], evidence })),
    });
    expect(toldOf([part("verdict", ["a"], ["a", "b"]), part("story", ["b"])])).toEqual({
      a: [{ title: "VERDICT", address: "said-verdict-1" }],
      b: [
        { title: "VERDICT", address: "said-verdict-2" },
        { title: "STORY", address: "said-story-1" },
      ],
    });
  });

  it("knows which rows are rounds", () => {
    expect(["round-3", "seat-CHN"].map(roundOf)).toEqual([3, null]);
  });
});
