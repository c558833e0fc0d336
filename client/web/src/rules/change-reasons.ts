/** Why trust, tension and institutions changed in a round: what the engine counted. Pure.
 *
 * Parts of the twins of `impressions`, `rivals_after` and `_institutions` in `game_rules`, which
 * shared vectors hold to the standing after the round. Tension has parts in rules 2 alone.
 */
import type {
  Action,
  Arena,
  Pact,
  Position,
  RoundResolved,
  Scenario,
  Seat,
  StageGame,
} from "../wire/types.ts";
import { weight } from "./games.ts";
import { worry } from "./blocs.ts";
import { CRISIS } from "./in-force.ts";
import { binds, knownIn } from "./ledger.ts";
import { resultIn } from "./series.ts";

/** What a seat saw of another, by the names of arenas. broke: Defect that counts twice. */
export type TrustReason = {
  seat: Seat;
  other: Seat;
  cooperated: readonly string[];
  defected: readonly string[];
  broke: readonly string[];
};

/** One thing that moved the tension of two rivals, and by how much. */
export type TensionPart = { moved: number } & (
  | { is: "choices"; defected: number; of: number }
  | { is: "blocs"; arenas: readonly string[] }
  | { is: "outside"; seat: Seat }
  | { is: "confidence"; arenas: readonly string[] }
);

/** What a seat saw of another in a round; null where that says nothing of trust.
 *
 * before: the position in which the orders were opened.
 */
export function trustReason(
  before: Position,
  round: RoundResolved,
  seat: Seat,
  other: Seat,
): TrustReason | null {
  const reason = { cooperated: [] as string[], defected: [] as string[], broke: [] as string[] };
  const elsewhere = linked(before, round);
  for (const arena of before.arenas) {
    const { name, members } = arena;
    if (!members.includes(seat) || !members.includes(other)) continue;
    const isBreach = round.breaches.some(
      (each) => each.is_public && each.arena === name && each.seat === other,
    );
    const isBroken = isBreach || elsewhere.has(`${name} ${other}`);
    const saysNothing = isSilent(before, arena);
    const hasKept = keptPublicly(before, round, other, name);
    if (saysNothing && !isBroken && !hasKept) continue;
    const action = saysNothing ? (hasKept ? "C" : "D") : seen(round, name, seat)[other];
    if (elsewhere.has(`${name} ${other}`) || (action === "D" && isBroken)) reason.broke.push(name);
    else if (action === "D") reason.defected.push(name);
    else if (action === "C") reason.cooperated.push(name);
  }
  const isAny = Object.values(reason).some((arenas) => arenas.length > 0);
  return isAny ? { seat, other, ...reason } : null;
}

/** Where a seat's own C met the other's D, or its C, as it saw it: one betrayal outweighs. */
export function affinityReason(
  before: Position,
  round: RoundResolved,
  seat: Seat,
  other: Seat,
): { isBetrayed: boolean; arenas: readonly string[] } | null {
  const why = trustReason(before, round, seat, other);
  if (why === null) return null;
  const gave = (name: string) => {
    const arena = before.arenas.find((each) => each.name === name)!;
    if (isSilent(before, arena)) return keptPublicly(before, round, seat, name);
    return resultIn(round, name)?.actions[seat] === "C";
  };
  const betrayed = [...why.broke, ...why.defected].filter(gave);
  const mutual = why.cooperated.filter(gave);
  if (betrayed.length > 0) return { isBetrayed: true, arenas: betrayed };
  return mutual.length > 0 ? { isBetrayed: false, arenas: mutual } : null;
}

/** What of an arena a seat saw: the truth, unless it saw it wrongly. */
function seen(round: RoundResolved, arena: string, seat: Seat): Readonly<Record<Seat, Action>> {
  const wrong = round.sightings.find(
    ({ observer, result }) => observer === seat && result.arena === arena,
  );
  return { ...resultIn(round, arena)?.actions, ...wrong?.result.actions };
}

/** Whether actions in an arena say nothing of faith, and only public pledges do. */
function isSilent({ scenario, rules_version }: Position, { name, game }: Arena): boolean {
  const written = scenario.arenas.find((arena) => arena.name === name)?.game ?? game;
  return rules_version >= 2 && !helpsAlways(written);
}

/** Whether C is never worse for the other side. */
function helpsAlways(game: StageGame): boolean {
  if (game.type !== "bimatrix") return true;
  return [game.row, game.column].every(({ T, R, P, S }) => R >= S && T >= P);
}

/** Where, and whose, public breaches count beside the arena that they were made in. */
function linked({ scenario, effects }: Position, { breaches }: RoundResolved): Set<string> {
  const made = effects.flatMap(({ kind, arena, other_arena }) =>
    kind === "link" && other_arena !== null ? [[arena, other_arena] as const] : [],
  );
  const ways = [...scenario.links, ...made].flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
  const counted = breaches
    .filter(({ is_public }) => is_public)
    .flatMap(({ arena, seat }) =>
      ways.flatMap(([here, there]) => (here === arena ? [`${there} ${seat}`] : [])),
    );
  return new Set(counted);
}

function keptPublicly(
  { pacts }: Position,
  round: RoundResolved,
  seat: Seat,
  arena: string,
): boolean {
  const done = resultIn(round, arena)?.actions[seat];
  return pacts.some(
    (pact) =>
      pact.terms.binding !== "communique" &&
      binds(pact, seat, round.round) &&
      pact.terms.pledges.some(
        (pledge) => pledge.seat === seat && pledge.arena === arena && pledge.action === done,
      ),
  );
}

/** What moved the tension of two rivals in a round of rules 2, in the order of `rivals_after`. */
export function tensionParts(
  before: Position,
  round: RoundResolved,
  pair: readonly [Seat, Seat],
): TensionPart[] {
  const { scenario } = before;
  if (before.rules_version < 2) return [];
  const rules = { ...USUAL, ...scenario.consequences };
  return [
    ...byChoices(before, round, pair, rules),
    ...byBlocs(before, round, pair, rules),
    ...byOutsiders(scenario, round, pair),
    ...byConfidence(before, pair),
  ];
}

/** What a scenario has that says nothing else; as `Consequences` and `MoveRules` do. */
const USUAL = { tension_of_defection: 0.18, relief_of_cooperation: 0.06, tension_of_blocs: 0.06 };
const USUAL_MOVES = { confidence_relief: 0.03 };

type Rules = typeof USUAL;

function byChoices(
  { arenas, pacts }: Position,
  round: RoundResolved,
  pair: readonly Seat[],
  { tension_of_defection, relief_of_cooperation }: Rules,
): TensionPart[] {
  const met = arenas.filter(({ members }) => pair.every((seat) => members.includes(seat)));
  const done = met.map(({ name }) => knownIn(pacts, round, name));
  const acts = done.flatMap((actions) => pair.map((seat) => actions[seat]));
  const defected = acts.filter((action) => action === "D").length;
  if (acts.length === 0) return [];
  const share = defected / acts.length;
  const moved = tension_of_defection * share - relief_of_cooperation * (1 - share);
  return [{ is: "choices", defected, of: acts.length, moved }];
}

function byBlocs(
  { arenas, effects, pacts, scenario }: Position,
  round: RoundResolved,
  pair: readonly Seat[],
  { tension_of_blocs }: Rules,
): TensionPart[] {
  const held: string[] = [];
  let pressure = 0;
  for (const arena of arenas) {
    const { name, exclusive, members } = arena;
    const [outsider, ...others] = pair.filter((seat) => !members.includes(seat));
    if (exclusive <= 0 || outsider === undefined || others.length > 0) continue;
    const pressed = worry(arena, outsider, effects, scenario) * producedIn(arena, round, pacts);
    if (pressed > 0) held.push(name);
    pressure += pressed;
  }
  const moved = tension_of_blocs * Math.min(1, pressure);
  return held.length > 0 ? [{ is: "blocs", arenas: held, moved }] : [];
}

/** What an arena yielded in a round; in fog, where that is hidden, by its choices as far as they are known. */
export function producedIn(
  { name, game, members }: Arena,
  round: RoundResolved,
  pacts: readonly Pact[],
): number {
  const { produced } = round.standing;
  if (produced !== undefined) return produced[name] ?? 0;
  const actions = knownIn(pacts, round, name);
  const held = members.reduce(
    (sum, seat, i) => (actions[seat] === "C" ? sum + weight(game, i) : sum),
    0,
  );
  return game.type === "collective" && held < game.theta - 1e-12 ? 0 : held;
}

function byOutsiders(
  { players }: Pick<Scenario, "players">,
  round: RoundResolved,
  pair: readonly Seat[],
): TensionPart[] {
  return players.flatMap(({ seat, influence }) => {
    if (!influence?.pair.every((each) => pair.includes(each))) return [];
    const acts = round.results.flatMap(({ actions }) => actions[seat] ?? []);
    if (acts.length === 0) return [];
    const share = acts.filter((action) => action === "D").length / acts.length;
    const moved = influence.of_d * share - influence.of_c * (1 - share);
    return [{ is: "outside", seat, moved } as const];
  });
}

function byConfidence(
  { arenas, effects, scenario }: Position,
  pair: readonly Seat[],
): TensionPart[] {
  const isClear = ({ name, members }: Arena) =>
    pair.every((seat) => members.includes(seat)) &&
    effects.some(({ kind, arena }) => kind === "confidence" && arena === name);
  const clear = arenas.filter(isClear).map(({ name }) => name);
  if (clear.length === 0) return [];
  const { confidence_relief } = { ...USUAL_MOVES, ...scenario.moves };
  const moved = -clear.length * confidence_relief;
  return [{ is: "confidence", arenas: clear, moved }];
}

/** What moved an institution: who paid for it, what that added, and what share of it faded; null in a
 * crisis, which has none. The twin of I ← min(1, m·I + g·(share of members that pay)). */
export function institutionParts(
  { scenario }: Pick<Position, "scenario">,
  round: RoundResolved,
  arena: Pick<Arena, "name" | "members">,
): { paid: readonly Seat[]; added: number; faded: number } | null {
  const paid = fundersOf(round, arena);
  if (paid === null) return null;
  const { institution_memory, institution_gain } = { ...LASTING, ...scenario.consequences };
  const added = (institution_gain * paid.length) / arena.members.length;
  return { paid, added, faded: 1 - institution_memory };
}

/** What holds where a scenario names no other. */
const LASTING = { institution_memory: 0.9, institution_gain: 0.3 };

/** Who paid for the institution of an arena this round; null in a crisis, which has none. */
export function fundersOf({ moves }: RoundResolved, { name }: Pick<Arena, "name">): Seat[] | null {
  if (name.startsWith(CRISIS)) return null;
  return moves
    .filter(({ move }) => move.kind === "fund" && move.arena === name)
    .map(({ seat }) => seat);
}
