/** What Python wrote down leads to the figures that the browser gives reasons for.
 *
 * Runs where `tests/client` hands in files of JSON lines (see vite.config.ts).
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { positionBefore } from "../rules/before.ts";
import { fold } from "../rules/evolve.ts";
import {
  autonomyShares,
  calmShares,
  jointShares,
  leadingPart,
  lentShare,
  normShare,
  partOf,
  partsMoved,
  trustShares,
} from "../rules/index-reasons.ts";
import { PARTS } from "../rules/standing.ts";
import type { GameEvent } from "../wire/types.ts";
import { dependencyTold, indexTold, normTold } from "./index-words.ts";
import { seatNames } from "./words.ts";

test("the reasons of index, dependency and norms lead to the figures, and none is missing", () => {
  const told = {
    cooperation: 0,
    cross_bloc: 0,
    trust: 0,
    autonomy: 0,
    calm: 0,
    lent: 0,
    norm: 0,
  };
  const logs = ["DETENTE_VECTORS", "DETENTE_WHAT_IF_VECTORS"].flatMap(archived);
  for (const events of logs) {
    for (const round of fold(events)!.history) {
      const before = positionBefore(events, round)!;
      const { scenario, rules_version, standing: was } = before;
      const about = `${scenario.name}, round ${round.round}`;
      const seen = { before, round, mine: null, nameOf: seatNames(scenario) };
      if (rules_version < 2) continue;
      const { integration } = round.standing;
      const whole = {
        cooperation: jointShares(seen, "cooperation")!,
        cross_bloc: jointShares(seen, "cross_bloc")!,
        trust: trustShares(round.standing),
        autonomy: autonomyShares(round.standing),
        calm: calmShares(round.standing),
      };
      for (const part of PARTS)
        expect(partOf(whole[part], scenario), `${about}: ${part}`).toBeCloseTo(
          integration![part],
          9,
        );
      if (was.integration !== null) {
        const sum = partsMoved(was.integration, integration!).reduce((x, y) => x + y.moved, 0);
        const index = was.integration.index * Math.exp(sum / 5);
        expect(index, about).toBeCloseTo(integration!.index, 9);
        const why = indexTold(seen, events);
        const isShown = Math.round(was.integration.index) !== Math.round(integration!.index);
        expect(why !== null, about).toBe(isShown);
        if (why) expect(why.why, `${about}: ${why.reasons}`).not.toBe(null);
        if (isShown) told[leadingPart(was.integration, integration!).part] += 1;
      }
      const { dependency_memory, norm_memory } = scenario.standing;
      for (const [seat, row] of Object.entries(round.standing.dependency)) {
        for (const [other, is] of Object.entries(row)) {
          const lent = lentShare(seen, seat, other);
          const old = was.dependency[seat]?.[other] ?? 0;
          const sum = dependency_memory * old + (1 - dependency_memory) * lent;
          expect(sum, about).toBeCloseTo(is, 9);
          const isChanged = Math.round(old * 100) !== Math.round(is * 100);
          expect(dependencyTold(seen, seat, other) !== null, about).toBe(isChanged);
          if (isChanged) told.lent += 1;
        }
      }
      for (const arena of before.arenas) {
        const old = was.norms[arena.name] ?? scenario.standing.norm_at_start;
        const is = round.standing.norms[arena.name]!;
        const sum = norm_memory * old + (1 - norm_memory) * normShare(arena, round)!;
        expect(sum, about).toBeCloseTo(is, 9);
        const isChanged = Math.round(old * 100) !== Math.round(is * 100);
        expect(normTold(seen, arena) !== null, `${about}: ${arena.name}`).toBe(isChanged);
        if (isChanged) told.norm += 1;
      }
    }
  }
  expect(Math.min(...Object.values(told)), JSON.stringify(told)).toBeGreaterThan(0);
});

/** Whole logs: of what each viewer saw, the archive's. */
function archived(name: string): GameEvent[][] {
  const text = readFileSync(process.env[name]!, "utf8").trim();
  const seen = text.split("\n").map((line) => JSON.parse(line) as Seen);
  return seen.flatMap(({ viewer, events }) => (viewer === "archive" ? [events] : []));
}

type Seen = { viewer: string; events: GameEvent[] };
