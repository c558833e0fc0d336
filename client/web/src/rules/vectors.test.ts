/** The twins agree: what Python wrote down, this reducer and these games give again.
 *
 * Runs where `tests/client` hands in files of JSON lines (see vite.config.ts).
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fold } from "./evolve.ts";
import { auditOf } from "./audit.ts";
import { GAIN_LINES, linesOf } from "./gains.ts";
import { draftIn, firstDraft, lacksOf, termsOf } from "./pact-draft.ts";
import { endedIn } from "./ended.ts";
import { scenarioNow } from "./in-force.ts";
import { rivalries } from "./rungs.ts";
import { chainsBeside, stepsOf, type Step } from "./terms-in-force.ts";
import { ledgerOf } from "./ledger.ts";
import { clauses } from "./clauses.ts";
import { classIn, corners, payoffs, type Profile } from "./games.ts";
import { escrowOf, situationIn } from "./replies.ts";
import { lensedCorners, lensTotal, type Lens } from "./lenses.ts";
import { reachOf, type Reach } from "./reach.ts";
import { positionBefore } from "./before.ts";
import { shades, shadowNext } from "./blocs.ts";
import {
  affinityReason,
  fundersOf,
  producedIn,
  tensionParts,
  trustReason,
} from "./change-reasons.ts";
import { partsOf, payoffReasons } from "./reasons.ts";
import { resultIn } from "./series.ts";
import { whatIfs } from "./what-if.ts";
import { isVisible } from "./texts.ts";
import type {
  Arena,
  Corners,
  GameEvent,
  Position,
  Seat,
  StageGame,
  Standing,
  Terms,
  You,
} from "../wire/types.ts";

interface Vector {
  viewer: string;
  events: GameEvent[];
  position: Position;
}

interface GameVector {
  game: StageGame;
  profile: Profile;
  payoffs: number[];
  corners: Corners[];
  classes: string[];
  clauses: string[][];
  situations: string[];
  escrows: number[];
}

interface LensVector {
  seat: Seat;
  events: GameEvent[];
  lenses: { lens: Lens; corners: Record<string, Corners>; total: number }[];
}

interface ReachVector {
  you: You;
  position: Position;
  allowed: Partial<Record<Exclude<keyof Reach, "pen">, boolean>>;
}

interface PledgeVector {
  viewer: string;
  events: GameEvent[];
  pledges: PledgeRow[];
}

interface SignVector {
  signs: string;
  unseen: string;
}

interface WhatIfVector {
  viewer: string;
  events: GameEvent[];
  others: { round: number; seat: Seat; arena: string; gain: number }[];
}

interface Opening {
  seat: Seat;
  position: Position;
}

interface PledgeRow {
  round: number;
  pact: number;
  seat: Seat;
  arena: string;
  outcome: string;
  played: string;
  forfeited: number;
}

describe("the browser's rules agree with the server's", () => {
  test("every viewer's events fold into the same position", () => {
    const vectors = lines<Vector>("DETENTE_VECTORS");
    expect(vectors.length).toBeGreaterThanOrEqual(Number(env("DETENTE_VECTORS_MIN")));
    for (const { viewer, events, position } of vectors) {
      expect(fold(events), `as ${viewer}`).toStrictEqual(position);
    }
  });

  test("the lines of points add up to what a round gave, under either version", () => {
    const seen = new Set<string>();
    for (const { viewer, position } of lines<Vector>("DETENTE_VECTORS")) {
      for (const round of position.history) {
        const told = [...linesOf(round)];
        for (const [seat, gain] of Object.entries(round.gains)) {
          const sum = told.reduce((whole, [, points]) => whole + (points[seat] ?? 0), 0);
          expect(sum, `${seat} as ${viewer}`).toBeCloseTo(gain, 9);
        }
        told.forEach(([line]) => seen.add(line));
      }
    }
    const second = GAIN_LINES.filter((line) => line !== "incidents");
    expect([...seen]).toEqual(expect.arrayContaining(second));
  });

  test("a seat's chain of changes leads from the term as written to the one in force", () => {
    const causes = new Map<string, number>();
    for (const { about, position } of played("DETENTE_VECTORS", "DETENTE_WHAT_IF_VECTORS")) {
      const { arenas } = position.scenario;
      for (const arena of position.arenas) {
        if (arena.game.type !== "collective") continue;
        const plain = arenas.find(({ name }) => name === arena.name);
        for (const [i, seat] of arena.members.entries()) {
          const paid = arena.game.terms[i]!;
          const written = plain?.game.type === "collective" ? plain.game.terms[i] : undefined;
          const steps = stepsOf(arena, seat, position.scenario);
          for (const term of Object.keys(paid) as (keyof Terms)[]) {
            const own = steps.filter(({ change }) => change.parameter === term);
            const told = `${about}, ${arena.name}: ${term} of ${seat}`;
            expect(own.at(-1)?.after ?? written?.[term] ?? paid[term], told).toBe(paid[term]);
            if (written) expect(own[0]?.before ?? written[term], told).toBe(written[term]);
            for (const [at, { before, change }] of own.entries()) {
              if (at > 0) expect(before, told).toBe(own[at - 1]!.after);
              causes.set(change.cause, (causes.get(change.cause) ?? 0) + 1);
            }
          }
        }
      }
    }
    const wanted = ["institution", "shadow", "wary", "exercise", "second_source", "link", "news"];
    expect([...causes.keys()]).toEqual(expect.arrayContaining(wanted));
  });

  test("a card tells each member's whole chain, or that it is the reader's", () => {
    let told = 0;
    for (const { about, position } of played("DETENTE_WHAT_IF_VECTORS")) {
      const figures = (steps: readonly Step[]) =>
        steps.map(({ change, before, after }) => [change.parameter, before, after].join(" "));
      for (const arena of position.arenas) {
        const chainOf = (seat: Seat) => figures(stepsOf(arena, seat, position.scenario));
        for (const reader of [...arena.members, null]) {
          const chains = chainsBeside(arena, reader, position.scenario);
          const own = reader === null ? [] : chainOf(reader);
          for (const seat of arena.members.filter((each) => each !== reader)) {
            const its = chains.filter(({ seats }) => seats.includes(seat));
            const shown = figures(its.flatMap(({ steps }) => steps));
            const left = chainOf(seat).filter((each) => !shown.includes(each));
            expect(own, `${about}, ${arena.name}: ${seat}`).toEqual(expect.arrayContaining(left));
            told += shown.length;
          }
        }
      }
    }
    expect(told).toBeGreaterThan(0);
  });

  test("every game pays the same and is of the same class", () => {
    const vectors = lines<GameVector>("DETENTE_GAME_VECTORS");
    expect(vectors.length).toBeGreaterThan(0);
    for (const { game, profile, ...given } of vectors) {
      expect(payoffs(game, profile)).toEqual(given.payoffs);
      const found = given.corners.map((_, member) => corners(game, member));
      expect(found).toEqual(given.corners);
      expect(found.map((_, member) => classIn(game, member))).toEqual(given.classes);
      expect(found.map(clauses)).toEqual(given.clauses);
      expect(found.map((_, member) => situationIn(game, member))).toEqual(given.situations);
      expect(found.map((_, member) => escrowOf(game, member))).toEqual(given.escrows);
    }
  });

  test("a name has something to see for both", () => {
    const vectors = lines<SignVector>("DETENTE_SIGN_VECTORS");
    expect(vectors.length).toBeGreaterThan(0);
    for (const { signs, unseen } of vectors) {
      expect([...signs].filter((sign) => !isVisible(sign)).join("")).toBe(unseen);
    }
  });

  test("every lens shows the same", () => {
    const vectors = lines<LensVector>("DETENTE_LENS_VECTORS");
    expect(vectors.length).toBeGreaterThan(0);
    for (const { seat, events, lenses } of vectors) {
      const { scenario, arenas, standing, history } = fold(events)!;
      const first = (events[0] as { standing: Standing }).standing;
      const mine = arenas.filter(({ members }) => members.includes(seat));
      for (const { lens, corners: seen, total } of lenses) {
        const found = mine.map((arena) => [
          arena.name,
          lensedCorners(lens, arena, seat, scenario, standing),
        ]);
        expect(Object.fromEntries(found), lens).toEqual(seen);
        expect(lensTotal(lens, seat, scenario, first, history), lens).toBeCloseTo(total, 9);
      }
    }
  });

  test("every pledge is judged the same, in the ledger and in the audit", () => {
    const vectors = lines<PledgeVector>("DETENTE_PLEDGE_VECTORS");
    expect(vectors.length).toBeGreaterThan(0);
    for (const { viewer, events, pledges } of vectors) {
      const rows = ledgerOf(events).stories.flatMap((story) => story.rows);
      const found = rows.map(({ round, pact, seat, arena, outcome, done, forfeited }) =>
        [round, pact, seat, arena, outcome, done, forfeited].join(" "),
      );
      const given = pledges.map(({ round, pact, seat, arena, outcome, played, forfeited }) =>
        [round, pact, seat, arena, outcome, played, forfeited].join(" "),
      );
      expect(found.sort(), `ledger as ${viewer}`).toEqual(given.sort());
      const audited = auditOf(events).flatMap(({ round, seat, promised, deeds, verdict }) =>
        promised.by === "pact"
          ? [[round, promised.pact.number, seat, deeds[0]!.arena, verdict].join(" ")]
          : [],
      );
      const verdicts = pledges.map(({ round, pact, seat, arena, outcome }) =>
        [round, pact, seat, arena, outcome].join(" "),
      );
      expect(audited.sort(), `audit as ${viewer}`).toEqual(verdicts.sort());
    }
  });

  test("another choice brings what the engine would have paid, in every scenario", () => {
    const vectors = lines<WhatIfVector>("DETENTE_WHAT_IF_VECTORS");
    const moved = { arenas: 0, stretch: 0, pacts: 0 };
    for (const { viewer, events, others } of vectors) {
      const { history, scenario } = fold(events)!;
      expect(others.length, scenario.name).toBeGreaterThan(0);
      for (const round of history) {
        const before = positionBefore(events, round)!;
        const given = others.filter((each) => each.round === round.round);
        const seats = [...new Set(given.map(({ seat }) => seat))];
        const found = seats.flatMap((seat) =>
          whatIfs(before, round, seat).map((each) => ({ ...each, seat, arena: each.arena.name })),
        );
        const told = `${scenario.name}, round ${round.round}, as ${viewer}`;
        const names = (each: { seat: Seat; arena: string }) => `${each.seat} ${each.arena}`;
        expect(found.map(names).sort(), told).toEqual(given.map(names).sort());
        for (const { seat, arena, gain, ...parts } of found) {
          const same = given.find((each) => each.seat === seat && each.arena === arena)!;
          expect(gain, `${told}: ${seat} in ${arena}`).toBeCloseTo(same.gain, 9);
          if (parts.arenas !== 0) moved.arenas += 1;
          if (parts.stretch !== 0) moved.stretch += 1;
          if (parts.pacts !== 0) moved.pacts += 1;
        }
      }
    }
    expect(Math.min(...Object.values(moved)), JSON.stringify(moved)).toBeGreaterThan(0);
  });

  test("the composer begins with terms that lack nothing, which go back to the rules", () => {
    const told = lines<Opening>("DETENTE_OPENINGS").map(({ seat, position }) => {
      const { arenas, round, scenario } = position;
      const own = arenas.filter(({ members }) => members.includes(seat));
      const left = scenario.rounds - round + 1;
      const drafts = [
        firstDraft(position, seat),
        ...own.map((arena) => draftIn(arena, seat, left)),
      ];
      for (const draft of drafts)
        expect(lacksOf(draft, arenas), `${scenario.name} ${seat}`).toEqual([]);
      return JSON.stringify(drafts.map((draft) => termsOf(draft, arenas)));
    });
    writeFileSync(env("DETENTE_DRAFTS"), `${told.join("\n")}\n`);
  });

  test("the reasons of a payoff lead from what the terms as written pay to what was paid", () => {
    const causes = new Set<string>();
    for (const { events } of lines<WhatIfVector>("DETENTE_WHAT_IF_VECTORS")) {
      for (const round of fold(events)!.history) {
        const before = positionBefore(events, round)!;
        if (before.injects.length > 0 || before.scenario.monitoring < 1) continue;
        for (const { seat } of before.scenario.players) {
          const reasons = payoffReasons(before, round, seat);
          for (const arena of before.arenas) {
            const plain = before.scenario.arenas.find(({ name }) => name === arena.name);
            const played = resultIn(round, arena.name);
            if (!plain || plain.members.length !== arena.members.length) continue;
            if (plain.game.type !== "collective" || !arena.members.includes(seat)) continue;
            const profile = arena.members.map((member) => played!.actions[member]!);
            const written = payoffs(plain.game, profile)[arena.members.indexOf(seat)]!;
            const paid = played!.payoffs[seat]!;
            const own = reasons.find((each) => each.arena.name === arena.name);
            expect(own?.before ?? paid).toBeCloseTo(written, 9);
            expect(own?.reasons.at(-1)?.after ?? paid).toBeCloseTo(paid, 9);
            const parts = partsOf(arena, played!.actions, seat);
            expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(paid, 9);
            own?.reasons.forEach(({ cause }) => causes.add(cause));
          }
        }
      }
    }
    expect([...causes]).toEqual(expect.arrayContaining(["shadow", "wary", "institution"]));
  });

  test("a shadow that the reveal foretells is the one that falls in the next round", () => {
    const told = { falls: 0, ends: 0 };
    for (const { events } of lines<WhatIfVector>("DETENTE_WHAT_IF_VECTORS")) {
      const { history, scenario } = fold(events)!;
      for (const [i, next] of history.entries()) {
        const round = history[i - 1];
        if (!round?.standing.produced) continue;
        const [was, is] = [round, next].map((each) => shades(positionBefore(events, each)!));
        for (const { seat } of [...was!, ...is!]) {
          const points = is!.find((each) => each.seat === seat)?.points ?? 0;
          const made = (bloc: Arena) => producedIn(bloc, round, []);
          const foretold = shadowNext(seat, scenario, round.effects, made);
          expect(foretold, `${scenario.name}, round ${next.round}, ${seat}`).toBeCloseTo(points, 9);
          told[points > 0 ? "falls" : "ends"] += 1;
        }
      }
    }
    expect(Math.min(...Object.values(told)), JSON.stringify(told)).toBeGreaterThan(0);
  });

  test("the reasons of trust, tension and institutions lead to the standing after the round", () => {
    const told = { trust: 0, broke: 0, choices: 0, blocs: 0, outside: 0, confidence: 0, funded: 0 };
    const logs = [
      ...lines<Vector>("DETENTE_VECTORS").filter(({ viewer }) => viewer === "archive"),
      ...lines<WhatIfVector>("DETENTE_WHAT_IF_VECTORS"),
    ];
    for (const { events, viewer } of logs) {
      for (const round of fold(events)!.history) {
        const before = positionBefore(events, round)!;
        const about = `${before.scenario.name}, round ${round.round}, as ${viewer}`;
        const { trust_memory, defection_weight, breach_weight } = before.scenario.standing;
        for (const [seat, row] of Object.entries(round.standing.faith)) {
          for (const [other, after] of Object.entries(row)) {
            const was = before.standing.faith[seat]?.[other];
            const why = trustReason(before, round, seat, other);
            if (was === undefined) continue;
            if (why === null) {
              expect(after, `${about}: ${seat} of ${other}`).toEqual(was);
              continue;
            }
            const met = why.cooperated.length + why.defected.length + why.broke.length;
            const bad = why.defected.length + breach_weight * why.broke.length;
            const [good, ill] = [why.cooperated.length / met, bad / met];
            expect(after[0], about).toBeCloseTo(trust_memory * was[0] + good, 9);
            expect(after[1], about).toBeCloseTo(trust_memory * was[1] + defection_weight * ill, 9);
            const liking = affinityReason(before, round, seat, other);
            const { affinity_of_betrayal, affinity_of_mutual } = before.scenario.standing;
            const step = liking?.isBetrayed ? -affinity_of_betrayal : affinity_of_mutual;
            const [liked, likes] = [before, round].map(
              (x) => x.standing.affinity[seat]?.[other] ?? 0,
            );
            const wanted = liking === null ? liked! : Math.min(1, Math.max(-1, liked! + step));
            expect(likes, about).toBeCloseTo(wanted, 9);
            told.trust += 1;
            told.broke += why.broke.length;
          }
        }
        if (before.rules_version < 2) continue;
        for (const { seats, tension } of round.standing.rivals) {
          const was = before.standing.rivals.find((each) => String(each.seats) === String(seats));
          if (was === undefined) continue;
          const parts = tensionParts(before, round, seats);
          const sum = parts.reduce((whole, { moved }) => whole + moved, was.tension);
          expect(Math.min(1, Math.max(0, sum)), `${about}: ${seats}`).toBeCloseTo(tension, 9);
          parts.forEach(({ is }) => (told[is] += 1));
        }
        const rules = {
          institution_at_start: 0.2,
          institution_memory: 0.9,
          institution_gain: 0.3,
          ...before.scenario.consequences,
        };
        for (const arena of before.arenas) {
          const paid = fundersOf(round, arena);
          if (paid === null) continue;
          const was = before.standing.institutions[arena.name] ?? rules.institution_at_start;
          const gained = (rules.institution_gain * new Set(paid).size) / arena.members.length;
          expect(round.standing.institutions[arena.name], about).toBeCloseTo(
            Math.min(1, rules.institution_memory * was + gained),
            9,
          );
          told.funded += paid.length;
        }
      }
    }
    expect(Math.min(...Object.values(told)), JSON.stringify(told)).toBeGreaterThan(0);
  });

  test("what arenas tell of rivals in fog is true, and no change on a card is without a cause", () => {
    const told: Record<string, number> = { calm: 0, strained: 0, crisis: 0, changed: 0, over: 0 };
    for (const { events } of lines<WhatIfVector>("DETENTE_WHAT_IF_VECTORS")) {
      const befores = fold(events)!.history.map((round) => positionBefore(events, round)!);
      for (const [i, now] of befores.entries()) {
        if (now.injects.length > 0) continue;
        const inFog = { ...now.standing, rivals: [] };
        const known = rivalries(scenarioNow(now), inFog, now.history.at(-1));
        const truth = rivalries(scenarioNow(now), now.standing);
        for (const [j, { rung }] of known.entries()) {
          if (rung === null) continue;
          expect(rung, `${now.scenario.name}, round ${now.round}`).toBe(truth[j]!.rung);
          told[rung] = (told[rung] ?? 0) + 1;
        }
        for (const arena of now.arenas) {
          const last = befores[i - 1]?.arenas.find(({ name }) => name === arena.name);
          if (!last || last.members.length !== arena.members.length) continue;
          const over = endedIn(last, arena);
          told["over"]! += over.length;
          for (const seat of arena.members) {
            const causes = stepsOf(arena, seat, now.scenario).length + over.length;
            if (JSON.stringify(last.game) === JSON.stringify(arena.game)) continue;
            if (arena.game.type === "collective") expect(causes).toBeGreaterThan(0);
            told["changed"]! += 1;
          }
        }
      }
    }
    expect(Math.min(...Object.values(told)), JSON.stringify(told)).toBeGreaterThan(0);
  });

  test("nobody is offered what is refused, nor refused what is allowed", () => {
    const vectors = lines<ReachVector>("DETENTE_REACH_VECTORS");
    const seen = new Set<string>();
    for (const { you, position, allowed } of vectors) {
      const reach = reachOf(position, you);
      const found = Object.keys(allowed).map((name) => [name, reach[name as keyof Reach]]);
      expect(Object.fromEntries(found), JSON.stringify({ you, position })).toEqual(allowed);
      Object.entries(allowed).forEach(([name, is]) => seen.add(`${name} ${is}`));
    }
    for (const name of [
      "ordering",
      "bargaining",
      "ready",
      "passing",
      "takingBack",
      "talking",
      "meeting",
      "whispering",
    ]) {
      expect(seen).toContain(`${name} true`);
      expect(seen).toContain(`${name} false`);
    }
  });
});

/** Every round of the logs, as it was played: the position in which its orders were opened. */
function* played(...names: string[]): Generator<{ about: string; position: Position }> {
  for (const { events, viewer } of names.flatMap(lines<Vector | WhatIfVector>)) {
    for (const round of fold(events)!.history) {
      const position = positionBefore(events, round)!;
      const about = `${position.scenario.name}, round ${round.round}, as ${viewer}`;
      yield { about, position };
    }
  }
}

function lines<T>(name: string): T[] {
  const text = readFileSync(env(name), "utf8").trim();
  return text.split("\n").map((line) => JSON.parse(line) as T);
}

function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run this through pytest tests/client`);
  return value;
}
