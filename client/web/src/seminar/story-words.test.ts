import { expect, test } from "vitest";
import { matchCard, seatCard } from "../net/seminar-samples.ts";
import { feedOf } from "./story-words.ts";

const seats = [seatCard(), seatCard({ seat: "JPN", country: "Japan" })];
const broken = { kind: "broken_treaty", round: 2, seats: ["CHN", "JPN"], at_ms: 50 } as const;
const left = { kind: "left", round: 3, seats: ["JPN"], at_ms: 90 } as const;

test("what happened is told newest first, and leads to its moment", () => {
  const over = matchCard({ number: 3, match: "m3", phase: "debrief", seats, story: [broken] });
  const played = matchCard({ number: 4, match: "m4", seats, story: [left] });
  expect(feedOf([over, played], "s1").map(({ words, where }) => [words, where])).toEqual([
    ["Table 4: the player of Japan left", "#/replay/m4?at=t90&as=public&in=s1"],
    ["Table 3: first broken treaty (China and Japan)", "#/replay/m3?at=t50"],
  ]);
});
