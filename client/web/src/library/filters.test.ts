import { expect, test } from "vitest";
import { asked, filtersOf, libraryAddress, withFilter } from "./filters.ts";

test("an address keeps the filters, and nothing else", () => {
  const filters = filtersOf(new URLSearchParams("outlook=contested&class=a+%26+b&colour=red&tag="));
  expect(filters).toEqual({ outlook: "contested", class: "a & b" });
  expect(libraryAddress(filters)).toBe("#/library?outlook=contested&class=a+%26+b");
  expect(libraryAddress({})).toBe("#/library");
});

test("a filter is set, replaced and removed", () => {
  const one = withFilter({ tag: "exam" }, "seats", "6");
  expect(one).toEqual({ tag: "exam", seats: "6" });
  expect(withFilter(one, "seats", "")).toEqual({ tag: "exam" });
});

test("days are whole days of the reader, the last one included", () => {
  const query = new URLSearchParams(asked({ since: "2026-11-30", until: "2026-11-30" }, "9-x"));
  const [since, until] = [Number(query.get("since_ms")), Number(query.get("until_ms"))];
  expect(new Date(since)).toEqual(new Date(2026, 10, 30));
  expect(new Date(until)).toEqual(new Date(2026, 11, 1));
  expect(query.get("after")).toBe("9-x");
  expect(query.has("since")).toBe(false);
});

test("what is no day is not asked", () => {
  expect(asked({ since: "yesterday", seats: "6" }, null)).toBe("?seats=6");
});

test("rehearsals are asked for as the address says", () => {
  expect(asked(filtersOf(new URLSearchParams("rehearsals=only")), null)).toBe("?rehearsals=only");
  expect(asked(filtersOf(new URLSearchParams("")), null)).toBe("?");
});
