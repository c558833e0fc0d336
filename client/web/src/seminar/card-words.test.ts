import { expect, test } from "vitest";
import { matchCard, seatCard } from "../net/seminar-samples.ts";
import { tablesWaitedFor, waitedFor } from "./card-words.ts";

const ben = { person: "p1", name: "Ben", is_here: true };
const ana = { person: "p2", name: "Ana", is_here: true };
const seats = [
  seatCard({ is_waited_for: true, people: [ben, ana] }),
  seatCard({ seat: "JPN", country: "Japan" }),
];

test("whoever is waited for is named, with the seat", () => {
  expect(waitedFor(matchCard({ seats }))).toEqual(["Ben (China)"]);
});

test("a table that holds the class is named with those whom it waits for", () => {
  const slow = matchCard({ number: 3, seats });
  const quick = matchCard({ number: 1, waits_for: [3, 5] });
  expect(tablesWaitedFor(quick, [quick, slow])).toEqual(["table 3 (Ben)", "table 5"]);
});
