// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { Memory } from "../memory.svelte.ts";
import { Places, roomOf, type Place } from "./places.ts";

const place: Place = {
  match: "m1",
  role: "player",
  token: "t",
  title: "South China Sea",
  scenario: "south_china_sea",
  code: "ABC234",
  name: "Amna",
  atMs: 1,
};
let places: Places;

beforeEach(() => {
  localStorage.clear();
  places = new Places(new Memory(() => localStorage));
});

test("a place is found again by match, by role and by code", () => {
  places.keep(place);
  places.keep({ ...place, role: "facilitator", token: "f" });
  expect(places.at("m1")?.token).toBe("f");
  expect(places.at("m1", "player")?.token).toBe("t");
  expect(places.withCode("abc-234")?.token).toBe("t");
  expect(places.withCode("abc-999")).toBeNull();
});

test("the same place is kept once, and the last one used comes first", () => {
  places.keep(place);
  places.keep({ ...place, match: "m2" });
  places.keep({ ...place, token: "new" });
  expect(places.all().map(({ match, token }) => [match, token])).toEqual([
    ["m1", "new"],
    ["m2", "t"],
  ]);
});

test("a forgotten place is gone", () => {
  places.keep(place);
  places.forget("m1", "player");
  expect(places.all()).toEqual([]);
});

test("a place goes along with its match into a branch", () => {
  places.keep(place);
  places.move("m1", "player", "m2");
  places.move("m9", "player", "m3");
  expect(places.all()).toEqual([{ ...place, match: "m2", room: "m1" }]);
});

test("whoever plays together names one room: the class, or the match with its branches", () => {
  places.keep(place);
  places.move("m1", "player", "m2");
  places.move("m2", "player", "m3");
  const rooms = [place, ...places.all(), { ...place, seminar: "s1" }, { ...place, room: "s2" }];
  expect(rooms.map(roomOf)).toEqual(["m1", "m1", "s1", "s2"]);
});

test("places of another version are kept where they say enough, and left out where not", () => {
  const later = { ...place, match: "m2", addedLater: true };
  const old = [null, 7, { id: 1 }, { ...place, code: 7 }, { ...place, seminar: 7 }, later];
  localStorage.setItem("detente.places", JSON.stringify(old));
  localStorage.setItem("detente.seminars", JSON.stringify([{}, { seminar: "s1" }]));
  expect(places.all()).toEqual([later]);
  expect(places.seminars()).toEqual([]);
});
