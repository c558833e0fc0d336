import { expect, test } from "vitest";
import { BREACH, chosen, resolved } from "../rules/sample-events.ts";
import { BLANK, scenario } from "../rules/samples.ts";
import type { Standing } from "../wire/types.ts";
import { readingsOf } from "./readings.ts";

const before: Standing = {
  ...BLANK,
  norms: { talks: 0.5 },
  institutions: { talks: 0.3 },
  affinity: { CHN: { PHL: 0 } },
  rivals: [{ seats: ["CHN", "PHL"], tension: 0.3, is_in_crisis: false, arming_rounds: 0 }],
};
const after: Standing = {
  ...before,
  norms: { talks: 0.4 },
  affinity: { CHN: { PHL: -0.1 } },
  rivals: [{ ...before.rivals[0]!, tension: 0.5 }],
};
const gains = { CHN: 5, PHL: -1 };
const round = resolved(1, {
  results: [chosen({ CHN: "D", PHL: "C" }, { payoffs: gains })],
  gains,
  standing: after,
  breaches: [BREACH],
});
const of = (parts: Partial<Parameters<typeof readingsOf>[0]> = {}) =>
  readingsOf({ round, before, arenas: scenario().arenas, said: [], kept: 0, ...parts });
const keys = (sentences: readonly { key: string }[]) =>
  sentences.map(({ key }) => key.replace("reading.", ""));

test("a realist tells of the gap, the tension and trust that was exploited", () => {
  const { realism } = of();
  expect(keys(realism)).toEqual(["realism.gains.loss", "realism.tension.up", "realism.exploited"]);
  expect(realism[0]).toMatchObject({ seats: { best: "CHN", worst: "PHL" }, points: { gap: 6 } });
  expect(realism[2]).toMatchObject({ seats: { victim: "PHL", other: "CHN" } });
});

test("a liberal tells of pooled effort and of agreements", () => {
  const { liberalism } = of({ kept: 1 });
  expect(keys(liberalism)).toEqual(["liberalism.pooled", "liberalism.kept", "liberalism.broken"]);
  expect(liberalism[0]).toMatchObject({ shares: { share: 0.5, percent: 0.3 } });
});

test("a constructivist tells of norms, of what seats are to each other, and of words", () => {
  const message = {
    type: "message_said",
    round: 1,
    sender: "PHL",
    room: [],
    text: "You have our word.",
    act: "promise",
    at_ms: 0,
    speaker: null,
  } as const;
  const { constructivism } = of({
    said: [{ ...message, act: "threaten", sender: "CHN" }, message],
  });
  expect(keys(constructivism)).toEqual([
    "constructivism.norm.down",
    "constructivism.affinity.down",
    "constructivism.words",
  ]);
  expect(constructivism[2]).toMatchObject({
    seats: { name: "PHL" },
    said: { text: "You have our word." },
  });
});

test("what did not move is not spoken of", () => {
  const still = {
    ...round,
    gains: { CHN: 1, PHL: 1 },
    results: [],
    breaches: [],
    standing: before,
  };
  expect(of({ round: still })).toEqual({ realism: [], liberalism: [], constructivism: [] });
});
