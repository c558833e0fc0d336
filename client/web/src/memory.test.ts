// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Memory, has, isNumber, isText, isTextOrNull } from "./memory.svelte.ts";

beforeEach(() => localStorage.clear());

/** Storage of which some acts throw, as in private windows and where it is full. */
function broken(...acts: (keyof Storage)[]): () => Storage {
  return () =>
    new Proxy(localStorage, {
      get(target, name) {
        if (acts.includes(name as keyof Storage)) throw new DOMException("no", "SecurityError");
        const found: unknown = target[name as keyof Storage];
        return typeof found === "function" ? (found.bind(target) as unknown) : found;
      },
    });
}

function denied(): Storage {
  throw new DOMException("no", "SecurityError");
}

test("what is kept is there at the next visit", () => {
  new Memory(() => localStorage).keepValue("detente.name", ["Amna"]);
  const later = new Memory(() => localStorage);
  expect(later.value("detente.name")).toEqual(["Amna"]);
  expect(later.isKept).toBe(true);
});

test.each([
  ["denied", denied],
  ["missing", () => null],
  ["full", broken("setItem")],
  ["unreadable", broken("setItem", "getItem", "removeItem")],
])("storage that is %s keeps it while the page is open, and says so", (_, open) => {
  const memory = new Memory(open);
  expect(memory.text("detente.name")).toBeNull();
  expect(memory.isKept).toBe(true);
  memory.keep("detente.name", "Amna");
  expect(memory.text("detente.name")).toBe("Amna");
  expect(memory.isKept).toBe(false);
  memory.keep("detente.name", null);
  expect(memory.text("detente.name")).toBeNull();
});

test("storage that has room again keeps it after all", () => {
  const real = localStorage;
  let isFull = true;
  const moody = { ...real, setItem: (key: string, text: string) => put(key, text) } as Storage;
  const put = (key: string, text: string) => {
    if (isFull) throw new DOMException("no", "QuotaExceededError");
    real.setItem(key, text);
  };
  const memory = new Memory(() => moody);
  memory.keep("detente.name", "Amna");
  expect(memory.isKept).toBe(false);
  isFull = false;
  memory.keep("detente.name", "Amna");
  expect(memory.isKept).toBe(true);
  expect(real.getItem("detente.name")).toBe("Amna");
});

test.each(["", "{", "7", "null", '{"length":1}', '"text"'])("%j is no list", (text) => {
  localStorage.setItem("detente.places", text);
  expect(new Memory(() => localStorage).list("detente.places", isText)).toEqual([]);
});

test("of a list those are kept that are what they should be", () => {
  localStorage.setItem("detente.places", '["a",1,null,"b",{}]');
  expect(new Memory(() => localStorage).list("detente.places", isText)).toEqual(["a", "b"]);
});

test("a value is checked field by field", () => {
  const checks = { name: isText, code: isTextOrNull, at: isNumber };
  expect(has({ name: "Amna", code: null, at: 1, more: true }, checks)).toBe(true);
  expect(has({ name: "Amna", at: 1 }, checks)).toBe(false);
  expect(has({ name: 7, code: null, at: 1 }, checks)).toBe(false);
  expect(has(null, checks)).toBe(false);
  expect(has("text", checks)).toBe(false);
});

test("everything of this page is forgotten, and nothing of another's", () => {
  localStorage.setItem("detente.of_an_old_version", "1");
  localStorage.setItem("another", "1");
  const memory = new Memory(broken("setItem"));
  memory.keep("detente.name", "Amna");
  memory.forget();
  expect(memory.text("detente.name")).toBeNull();
  expect(Object.keys(localStorage)).toEqual(["another"]);
});
