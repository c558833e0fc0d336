import { expect, test } from "vitest";
import { Memory } from "../memory.svelte.ts";
import { Api, ApiError } from "./api.ts";
import { EndedMatches, withKey } from "./ended.ts";
import { Places } from "./places.ts";

const LOCKED = new ApiError(403, "participants_only", "open to those who took part");

function answering(opens: (key?: string) => boolean) {
  const asked: (string | undefined)[] = [];
  const ask = (key?: string) => {
    asked.push(key);
    return opens(key) ? Promise.resolve("the log") : Promise.reject(LOCKED);
  };
  return { asked, ask };
}

test("a match that is open to its link is asked for once", async () => {
  const { asked, ask } = answering(() => true);
  expect(await withKey([undefined, "host", "class"], ask)).toBe("the log");
  expect(asked).toEqual([undefined]);
});

test("keys are tried in turn, each once, until one opens", async () => {
  const { asked, ask } = answering((key) => key === "class");
  expect(await withKey(["place", undefined, "host", "place", "class", "other"], ask)).toBe(
    "the log",
  );
  expect(asked).toEqual(["place", "host", "class"]);
});

test("a key that opens more is looked for; without one the first answer counts", async () => {
  const { asked, ask } = answering(() => true);
  expect(await withKey(["class", "other"], ask, () => asked.length === 2)).toBe("the log");
  expect(asked).toEqual(["class", "other"]);
  expect(await withKey(["class"], ask, () => false)).toBe("the log");
});

test("without the right key the refusal is told", async () => {
  const { ask } = answering(() => false);
  await expect(withKey([undefined, "host"], ask)).rejects.toBe(LOCKED);
});

test("another refusal is told at once", async () => {
  const asked: unknown[] = [];
  const offline = new ApiError(0, "offline", "");
  const ask = (key?: string) => {
    asked.push(key);
    return Promise.reject(offline);
  };
  await expect(withKey(["place", "host"], ask)).rejects.toBe(offline);
  expect(asked).toEqual(["place"]);
});

test("a file is fetched with the place at the match, and keeps the server's name", async () => {
  const places = new Places(new Memory(() => null));
  const place = { title: "", scenario: "", code: "ABCD", name: null, atMs: 0 };
  places.keep({ ...place, match: "m1", role: "facilitator", token: "led" });
  const heads: (string | null)[] = [];
  const fetcher = (_: unknown, request?: RequestInit) => {
    heads.push(new Headers(request?.headers).get("authorization"));
    const named = { "content-disposition": "attachment; filename*=UTF-8''s%C3%BCd-m1.csv" };
    return Promise.resolve(new Response("a,b", { headers: named }));
  };
  const ended = new EndedMatches(new Api("http://h/", fetcher as typeof fetch), places);
  const { name, content } = await ended.file("m1", "talk");
  expect([name, await content.text()]).toEqual(["süd-m1.csv", "a,b"]);
  expect(heads).toEqual(["Bearer led"]);
});

test("the projector of an ended match opens with the token of a facilitator", async () => {
  const places = new Places(new Memory(() => null));
  const place = { title: "", scenario: "", name: null, atMs: 0, match: "m1" };
  places.keep({ ...place, role: "facilitator", token: "led", code: "ABCD-EFGH" });
  const heads: (string | null)[] = [];
  const fetcher = (_: unknown, request?: RequestInit) => {
    heads.push(new Headers(request?.headers).get("authorization"));
    const over = JSON.stringify({ code: "match_over", message: "over" });
    return Promise.resolve(
      heads.length === 1 ? new Response(over, { status: 409 }) : Response.json({ match: "m1" }),
    );
  };
  const ended = new EndedMatches(new Api("http://h/", fetcher as typeof fetch), places);
  expect(await ended.watch("abcdefgh")).toEqual({ match: "m1" });
  expect(heads).toEqual([null, "Bearer led"]);
});

test("the seat that was held in a match is known, and none of a record or of another match", () => {
  const places = new Places(new Memory(() => null));
  const place = { title: "", scenario: "", code: null, name: null, atMs: 0, match: "m1" };
  places.keep({ ...place, role: "player", token: "p" });
  const ended = new EndedMatches(new Api("http://h/", fetch), places);
  expect(ended.heldIn({ match: "m1" })).toBeNull();
  places.amend("m1", "player", { seat: "PHL" });
  expect(ended.heldIn({ match: "m1" })).toBe("PHL");
  expect(ended.heldIn({ match: "m2" })).toBeNull();
  expect(ended.heldIn({ record: "{}" })).toBeNull();
});

test("of a match the key that fitted is tried first from then on", async () => {
  const places = new Places(new Memory(() => null));
  const led = { role: "facilitator", code: "", name: "", key: null, atMs: 0 } as const;
  places.keepSeminar({ ...led, seminar: "s1", token: "class" });
  places.keepSeminar({ ...led, seminar: "s2", token: "other" });
  const heads: (string | null)[] = [];
  const fetcher = (_: unknown, request?: RequestInit) => {
    const head = new Headers(request?.headers).get("authorization");
    heads.push(head);
    const locked = Response.json({ code: "participants_only", message: "" }, { status: 403 });
    const found = Response.json({ done: 1, of: 1, found: {} });
    return Promise.resolve(head === "Bearer class" ? found : locked);
  };
  const analysis = new EndedMatches(new Api("http://h/", fetcher as typeof fetch), places).analysis(
    "m1",
  );
  await analysis.moments(() => undefined);
  const asked = heads.length;
  await analysis.forecast(1, () => undefined);
  await analysis.forecast(2, () => undefined);
  expect(heads.slice(asked)).toEqual(["Bearer class", "Bearer class"]);
});
