// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { matchCard, seatCard } from "../net/seminar-samples.ts";
import Duplicate from "../score/Duplicate.svelte";
import { scoresAt } from "./class-scores.ts";

const ana = { person: "p1", name: "Ana", is_here: true };
const score = { seat: "CHN", rounds: 3, points: 6, others: 4, difference: 2, rank: 1, of: 5 };

test("a seat stands beside the same seat at the other tables, with its people", async () => {
  const card = matchCard({ number: 2, seats: [seatCard({ people: [ana] })], scores: [score] });
  const rows = scoresAt(card);
  const shown = mount(Duplicate, { target: document.body, props: { rows } });
  const words = document.body.textContent.replace(/\s+/g, " ");
  await unmount(shown);
  expect(words).toMatch(/China Ana ?2 ?6 ?4 ?\+2 ?1 of 5/);
  expect(words).toContain("Only the 3 rounds that all of them have played count.");
});

test("a seat without a score, or that the card does not know, has no row", () => {
  expect(scoresAt(matchCard())).toEqual([]);
  expect(scoresAt(matchCard({ scores: [{ ...score, seat: "XXX" }] }))).toEqual([]);
});
