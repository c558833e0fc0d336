/** Three readings of a round: sentences of each school, each resting on figures that are there.
 *
 * Realism looks at gaps, threats and exploited trust; liberalism at pooled effort, institutions and
 * agreements; constructivism at norms, identities and words. What a round does not show is not said.
 * Sources: Grieco 1988; Keohane 1984; Wendt 1999.
 */
import type { Key } from "../i18n/index.svelte.ts";
import type { Lens } from "../rules/lenses.ts";
import type { Arena, MessageSaid, RoundResolved, Seat, Standing } from "../wire/types.ts";

/** A sentence of the catalogue, and what fills it; seats and arenas are named by whoever shows it. */
export type Sentence = {
  key: Key;
  seats?: Readonly<Record<string, Seat | readonly Seat[]>>;
  arena?: string;
  /** Points, as they are. */
  points?: Readonly<Record<string, number>>;
  /** Shares, to be shown as percentages. */
  shares?: Readonly<Record<string, number>>;
  said?: MessageSaid;
  count?: number;
};

type Round = {
  round: RoundResolved;
  before: Standing;
  arenas: readonly Arena[];
  said: readonly MessageSaid[];
  kept: number;
};

/** A change of a share that is worth a sentence. */
const NOTABLE = 0.02;
const MOST = 3;

/** Read a round three ways. before: the standing before it; kept: pledges kept in it. */
export function readingsOf(of: Round): Record<Lens, Sentence[]> {
  return {
    realism: [...gap(of), ...tensions(of), ...exploited(of)].slice(0, MOST),
    liberalism: [...pooled(of), ...agreements(of)].slice(0, MOST),
    constructivism: [...norms(of), ...affinities(of), ...words(of)].slice(0, MOST),
  };
}

function gap({ round }: Round): Sentence[] {
  const gains = Object.entries(round.gains).sort(([, a], [, b]) => b - a);
  const [best, worst] = [gains[0], gains.at(-1)];
  if (!best || !worst || best[1] - worst[1] < NOTABLE) return [];
  const key = worst[1] > 0 ? "reading.realism.gains" : "reading.realism.gains.loss";
  return [
    {
      key,
      seats: { best: best[0], worst: worst[0] },
      points: { most: best[1], least: worst[1], gap: best[1] - worst[1] },
    },
  ];
}

function tensions({ round, before }: Round): Sentence[] {
  const moved = round.standing.rivals.flatMap((pair, i) => {
    const change = pair.tension - (before.rivals[i]?.tension ?? pair.tension);
    return Math.abs(change) < NOTABLE ? [] : [{ pair, change }];
  });
  const most = moved.sort((a, b) => Math.abs(b.change) - Math.abs(a.change))[0];
  if (!most) return [];
  const [a, b] = most.pair.seats;
  const key = most.change > 0 ? "reading.realism.tension.up" : "reading.realism.tension.down";
  return [{ key, seats: { a, b }, shares: { percent: most.pair.tension } }];
}

function exploited({ round, arenas }: Round): Sentence[] {
  const losers = arenas.flatMap(({ name, members }) => {
    const result = round.results.find(({ arena }) => arena === name);
    if (!result) return [];
    const victim = members.find(
      (seat) => result.actions[seat] === "C" && (result.payoffs[seat] ?? 0) < 0,
    );
    const other = members.find((seat) => result.actions[seat] === "D");
    return victim && other
      ? [{ key: "reading.realism.exploited" as const, seats: { victim, other }, arena: name }]
      : [];
  });
  return losers.slice(0, 1);
}

function pooled({ round, arenas, before }: Round): Sentence[] {
  const moved = arenas.flatMap(({ name }) => {
    const result = round.results.find(({ arena }) => arena === name);
    if (!result) return [];
    const actions = Object.values(result.actions);
    const share = actions.filter((action) => action === "C").length / actions.length;
    const strength = round.standing.institutions[name] ?? before.institutions[name] ?? 0;
    return [{ name, share, strength, count: actions.length }];
  });
  const largest = moved.sort((a, b) => b.count - a.count)[0];
  if (!largest) return [];
  return [
    {
      key: "reading.liberalism.pooled",
      arena: largest.name,
      shares: { share: largest.share, percent: largest.strength },
    },
  ];
}

function agreements({ round, kept }: Round): Sentence[] {
  const breakers = [...new Set(round.breaches.map(({ seat }) => seat))];
  const broken: Sentence[] =
    breakers.length > 0 ? [{ key: "reading.liberalism.broken", seats: { names: breakers } }] : [];
  return kept > 0 ? [{ key: "reading.liberalism.kept", count: kept }, ...broken] : broken;
}

function norms({ round, before, arenas }: Round): Sentence[] {
  const moved = arenas.flatMap(({ name }) => {
    const [now, then] = [round.standing.norms[name], before.norms[name]];
    if (now === undefined || then === undefined || Math.abs(now - then) < NOTABLE) return [];
    return [{ name, now, change: now - then }];
  });
  const most = moved.sort((a, b) => Math.abs(b.change) - Math.abs(a.change))[0];
  if (!most) return [];
  const key =
    most.change > 0 ? "reading.constructivism.norm.up" : "reading.constructivism.norm.down";
  return [{ key, arena: most.name, shares: { percent: most.now } }];
}

/** Only minds that the viewer knows have affinities here. */
function affinities({ round, before }: Round): Sentence[] {
  const moved = Object.entries(round.standing.affinity).flatMap(([a, row]) =>
    Object.entries(row).flatMap(([b, now]) => {
      const change = now - (before.affinity[a]?.[b] ?? now);
      return Math.abs(change) < NOTABLE ? [] : [{ a, b, change }];
    }),
  );
  const most = moved.sort((x, y) => Math.abs(y.change) - Math.abs(x.change))[0];
  if (!most) return [];
  const key =
    most.change > 0 ? "reading.constructivism.affinity.up" : "reading.constructivism.affinity.down";
  return [{ key, seats: { a: most.a, b: most.b } }];
}

function words({ said }: Round): Sentence[] {
  const given = said.find(
    ({ act, sender }) => sender !== null && (act === "promise" || act === "assure"),
  );
  if (!given) return [];
  return [{ key: "reading.constructivism.words", seats: { name: given.sender! }, said: given }];
}
