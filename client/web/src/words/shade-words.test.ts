import { expect, test } from "vitest";
import { resolved } from "../rules/sample-events.ts";
import { BLANK, changedBy, summit, summitInForce } from "../rules/samples.ts";
import type { Arena, Effect, TermChange } from "../wire/types.ts";
import { shadeLines } from "./shade-words.ts";
import { seatNames } from "./words.ts";

const SCENE = summit();
const [OPEN, ...REST] = SCENE.arenas as [Arena, ...Arena[]];
const EXERCISE: Effect = {
  kind: "exercise",
  makers: ["USA"],
  arena: "quad",
  first_round: 2,
  last_round: 3,
  other_arena: null,
  members: ["USA", "JPN"],
  audience: [],
};

/** The arenas of the Summit with such a shadow on China; without one where no bloc is named. */
function shaded(added: number, ...because: string[]): Arena[] {
  const shadow: TermChange = {
    ...{ parameter: "c", cause: "shadow", seats: ["CHN"] },
    ...{ factor: 1, added, because },
  };
  return [changedBy(OPEN, because.length > 0 ? [shadow] : []), ...REST];
}

/** What the map says of shadows after round 2. */
function told(
  before: readonly Arena[],
  now: readonly Arena[],
  effects: readonly Effect[] = [],
  made: readonly Effect[] = [],
) {
  const round = { ...resolved(2, { standing: BLANK }), effects: made };
  const last = { before: { arenas: before, effects, history: [], pacts: [] }, round };
  return shadeLines({ ...SCENE, arenas: now }, last, seatNames(SCENE), null).map(({ why }) => why);
}

test("a shadow that falls says from what to what, and which blocs held", () => {
  const [line] = shadeLines({ ...SCENE, arenas: summitInForce() }, null, seatNames(SCENE), null);
  expect(line).toEqual({
    words: expect.stringContaining("to cooperate costs it 2.4 points more"),
    why: "",
  });
  expect(told(shaded(0), summitInForce())).toEqual([
    "Round 2: 0, now 2.4, because Quad and AUKUS held.",
  ]);
  expect(told(shaded(1.35, "quad"), shaded(2.4, "quad", "aukus"))).toEqual([
    "Round 2: 1.35, now 2.4, because AUKUS held.",
  ]);
  expect(told(shaded(1.35, "quad"), shaded(1.35, "quad"))).toEqual([""]);
});

test("where a shadow grew or shrank, the blocs that yielded more or less are named", () => {
  const yields = (quad: number) =>
    resolved(1, { standing: { ...BLANK, produced: { quad, aukus: 1 } } });
  const was = shaded(2.4, "quad", "aukus");
  const before = { arenas: was, effects: [], history: [yields(1)], pacts: [] };
  const last = { before, round: { ...yields(0.8), round: 2, effects: [] } };
  const now = { ...SCENE, arenas: shaded(2.1, "quad", "aukus") };
  const [line] = shadeLines(now, last, seatNames(SCENE), null);
  expect(line!.why).toBe("Round 2: 2.4, now 2.1, because less of Quad held than before.");
});

test("a shadow that is gone is told once more, with the bloc that did not hold", () => {
  expect(told(shaded(2.4, "quad", "aukus"), shaded(1.2, "aukus"))).toEqual([
    "Round 2: 2.4, now 1.2, because Quad did not hold.",
  ]);
  const gone = { arenas: shaded(2.4, "quad"), effects: [], history: [], pacts: [] };
  const round = resolved(2, { standing: BLANK });
  expect(
    shadeLines({ ...SCENE, arenas: shaded(0) }, { before: gone, round }, seatNames(SCENE), null),
  ).toEqual([
    {
      words: "No shadow falls on China any more.",
      why: "Round 2: 2.4, now 0, because Quad did not hold.",
    },
  ]);
});

test("a shadow of the same blocs says what made it longer or shorter", () => {
  const [less, more] = [shaded(1.2, "quad"), shaded(1.8, "quad")];
  expect(told(less, more)[0]).toContain("because more of Quad held than before.");
  expect(told(more, less)[0]).toContain("because less of Quad held than before.");
  expect(told(less, more, [], [EXERCISE])[0]).toContain("because the members of Quad exercise");
  const over = { ...EXERCISE, last_round: 2 };
  expect(told(more, less, [over])[0]).toContain("because the exercise in Quad is over.");
  expect(told(more, less, [EXERCISE])[0]).toContain("because less of Quad held");
  const invited = { ...EXERCISE, members: ["USA", "JPN", "CHN"] };
  expect(told(less, more, [], [invited])[0]).toContain("because more of Quad held");
});

test("all that moved a shadow is told, and what moved it the other way", () => {
  const doors: Effect = { ...EXERCISE, kind: "confidence" };
  expect(told(shaded(2.25, "quad"), shaded(1.13, "quad"), [], [doors])).toEqual([
    "Round 2: 2.25, now 1.13, because Quad let outsiders in.",
  ]);
  expect(told(shaded(1.13, "quad"), shaded(2.25, "quad"), [{ ...doors, last_round: 2 }])).toEqual([
    "Round 2: 1.13, now 2.25, because Quad no longer lets outsiders in.",
  ]);
  expect(told(shaded(0), shaded(2.7, "quad"), [], [EXERCISE])).toEqual([
    "Round 2: 0, now 2.7, because Quad held and the members of Quad exercise together.",
  ]);
  expect(told(shaded(2.7, "aukus"), shaded(1.35, "quad"), [], [EXERCISE])).toEqual([
    "Round 2: 2.7, now 1.35, because AUKUS did not hold, although Quad held and the members of Quad exercise together.",
  ]);
});
