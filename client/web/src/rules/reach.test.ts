import { describe, expect, test } from "vitest";
import { LOBBY, scenario } from "./samples.ts";
import type { Holder, Phase, Position, You } from "../wire/types.ts";
import { reachOf, type Reach } from "./reach.ts";

const ANN: You = { role: "player", seat: "CHN", person: "ann", name: "Ann" };
const BO: You = { ...ANN, person: "bo", name: "Bo" };
const NOBODY: You = { role: "player", seat: null, person: "cy", name: "Cy" };
const HOST: You = { role: "facilitator", seat: null, person: null, name: null };
const ONLOOKER: You = { role: "observer", seat: null, person: null, name: null };
const HELD: Holder = {
  person: "ann",
  name: "Ann",
  is_bot: false,
  strategy: null,
  delegates: [{ person: "bo", name: "Bo" }],
  autopilot: null,
  autopilot_reason: null,
};

function at(phase: Phase, parts: Partial<Position> = {}, holder: Partial<Holder> = {}): Position {
  return { ...LOBBY, phase, round: 1, holders: { CHN: { ...HELD, ...holder } }, ...parts };
}

/** What somebody may do, by name. */
function may(position: Position, you: You): string[] {
  const facts = ["pen", "isPaused"];
  const held = Object.entries(reachOf(position, you)).filter(([, is]) => is);
  return held.map(([name]) => name).filter((name) => !facts.includes(name));
}

const ALL_TALK = ["talking", "meeting", "whispering"];

describe("who holds the pen", () => {
  test.each<[Phase, string[]]>([
    ["briefing", ["ready", "passing", ...ALL_TALK]],
    ["negotiation", ["ordering", "bargaining", "ready", "passing", ...ALL_TALK]],
    ["decision", ["ordering", "bargaining", "ready", "passing", ...ALL_TALK]],
    ["reveal", ["ready", "passing", ...ALL_TALK]],
    ["debrief", ALL_TALK],
  ])("may in %s: %s", (phase, expected) => {
    expect(may(at(phase), ANN).sort()).toEqual([...expected].sort());
  });

  test("may only hand it on while the match is paused", () => {
    expect(may(at("decision", { paused_at_ms: 5 }), ANN)).toEqual(["passing"]);
  });

  test("may do nothing in a match that goes on elsewhere", () => {
    expect(may(at("decision", { superseded_by: "branch" }), ANN)).toEqual([]);
  });

  test("has nobody to hand it to where nobody shares the seat", () => {
    expect(reachOf(at("decision", {}, { delegates: [] }), ANN).passing).toBe(false);
  });
});

describe("who does not hold it", () => {
  test.each<Phase>(["briefing", "negotiation", "decision", "reveal"])(
    "may ask for it and talk in %s",
    (phase) => {
      expect(may(at(phase), BO).sort()).toEqual(["asking", ...ALL_TALK].sort());
      expect(reachOf(at(phase), BO).pen).toEqual({ is: "mate", name: "Ann" });
    },
  );

  test("may do nothing in a pause, and only talk when the match is over", () => {
    expect(may(at("decision", { paused_at_ms: 5 }), BO)).toEqual([]);
    expect(may(at("debrief"), BO)).toEqual(ALL_TALK);
  });
});

test("on autopilot a seat's people may take it back, hand on its pen, and talk", () => {
  const program = { autopilot: "tit_for_tat", autopilot_reason: "absent" } as const;
  expect(may(at("decision", {}, program), ANN).sort()).toEqual(
    ["passing", "takingBack", ...ALL_TALK].sort(),
  );
  expect(may(at("decision", {}, program), BO).sort()).toEqual(["takingBack", ...ALL_TALK].sort());
  expect(may(at("debrief", {}, program), ANN)).toEqual(ALL_TALK);
});

test.each([
  ["none", ["whispering"]],
  ["public", ["talking", "whispering"]],
  ["full", ALL_TALK],
] as const)("with %s press one may talk so far: %s", (press, expected) => {
  const reach = reachOf(at("negotiation", { scenario: { ...scenario(), press } }), ANN);
  expect(ALL_TALK.filter((each) => reach[each as keyof Reach])).toEqual(expected);
  expect(reach.bargaining).toBe(press !== "none");
});

test("whoever holds no seat may do nothing; the facilitator talks, in a pause too", () => {
  for (const phase of ["negotiation", "decision", "debrief"] as const) {
    expect(may(at(phase), NOBODY)).toEqual([]);
    expect(may(at(phase), ONLOOKER)).toEqual([]);
  }
  expect(may(at("decision", { paused_at_ms: 5 }), HOST)).toEqual(["talking", "meeting"]);
});
