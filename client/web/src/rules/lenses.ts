/** Realism, liberalism, constructivism: a game and a round as each of them scores it.
 *
 * The twin of `game_rules/lenses/lenses.py` and `game_rules/advice/lens_views.py`, to the last bit; shared vectors keep them
 * alike. Material payoffs are what a match stores; a lens scores them anew and never changes them.
 */
import { gameClass, payoffs, size } from "./games.ts";
import {
  clausesOf,
  isPatterned,
  profiles,
  situationIn,
  situationOf,
  type PatternClause,
  type Situation,
} from "./replies.ts";
import { clauses } from "./clauses.ts";
import type {
  Action,
  Arena,
  ArenaResult,
  Corners,
  RoundResolved,
  Scenario,
  Seat,
  Standing,
} from "../wire/types.ts";

export const LENSES = ["realism", "liberalism", "constructivism"] as const;
export type Lens = (typeof LENSES)[number];
/** How a card is read: the points as they are stored, or through a lens. */
export type Reading = "material" | Lens;

/** How one member weighs an outcome: U_i = own·π_i + Σ toward_j·π_j + for_c or for_d. */
type Regard = { own: number; toward: readonly number[]; forC: number; forD: number };

type Toward = Readonly<Record<Seat, Readonly<Record<Seat, number>>>>;
type Seen = Pick<Scenario, "players" | "power" | "trade" | "lenses" | "arenas">;

/** The weights that a lens lends one member of an arena. Throws where the seat is no member. */
function regard(
  lens: Lens,
  arena: string,
  members: readonly Seat[],
  seat: Seat,
  scenario: Seen,
  standing: Standing,
): Regard {
  const me = members.indexOf(seat);
  if (me < 0) throw new Error(`${seat} is no member of ${arena}`);
  const { lenses } = scenario;
  if (lens === "realism") {
    return realist(
      members.map((other) => (other === seat ? 0 : threat(scenario, standing, seat, other))),
      lenses.k,
    );
  }
  if (lens === "liberalism") {
    const strength = standing.institutions[arena] ?? 0;
    const shares = toward(scenario.trade.values, seat, members);
    return {
      own: 1,
      toward: shares.map((share) => lenses.lam * share),
      forC: lenses.beta * strength,
      forD: 0,
    };
  }
  const norm = standing.norms[arena] ?? 0;
  const each = lenses.alpha / (members.length - 1);
  const liked = toward(standing.affinity, seat, members).map((a, j) => (j === me ? 0 : each * a));
  return { own: 1, toward: liked, forC: lenses.nu * norm, forD: -lenses.nu * norm };
}

/** Score what an arena paid, as one member regards it; payoffs and weights in member order. */
function utility(own: Regard, member: number, paid: readonly number[], action: Action): number {
  let score = own.own * paid[member]! + (action === "C" ? own.forC : own.forD);
  own.toward.forEach((weight, j) => {
    if (weight !== 0) score += weight * paid[j]!;
  });
  return score;
}

/** A member's utilities when the others all cooperate or all defect. */
export function lensedCorners(
  lens: Lens,
  arena: Arena,
  seat: Seat,
  scenario: Seen,
  standing: Standing,
): Corners {
  const at = (mine: Action, theirs: Action) =>
    lensedPoints(lens, arena, seat, scenario, standing, mine, theirs);
  return { T: at("D", "C"), R: at("C", "C"), P: at("D", "D"), S: at("C", "D") };
}

/** What one member makes of an outcome in which all the others do the same. */
export function lensedPoints(
  lens: Lens,
  arena: Arena,
  seat: Seat,
  scenario: Seen,
  standing: Standing,
  mine: Action,
  theirs: Action,
): number {
  const me = arena.members.indexOf(seat);
  const profile = Array.from({ length: size(arena.game) }, (_, j) => (j === me ? mine : theirs));
  const own = regard(lens, arena.name, arena.members, seat, scenario, standing);
  return utility(own, me, payoffs(arena.game, profile), mine);
}

/** What an arena is for a seat through a lens: its name, and what is true of it. */
export function through(
  lens: Lens,
  arena: Arena,
  seat: Seat,
  scenario: Seen,
  standing: Standing,
): { name: Situation; clauses: readonly PatternClause[] } {
  const four = lensedCorners(lens, arena, seat, scenario, standing);
  if (!isPatterned(arena.game)) return { name: gameClass(four), clauses: clauses(four) };
  const all = lensedGains(lens, arena, seat, scenario, standing);
  return { name: situationOf(all, four, () => false), clauses: clausesOf(all, four) };
}

/** What cooperating gains through a lens for every set of cooperating others. */
function lensedGains(
  lens: Lens,
  arena: Arena,
  seat: Seat,
  scenario: Seen,
  standing: Standing,
): number[] {
  const { game, members, name } = arena;
  const me = members.indexOf(seat);
  const own = regard(lens, name, members, seat, scenario, standing);
  return profiles(members.length)
    .filter((profile) => profile[me] === "C")
    .map((profile) => {
      const alone = profile.map((action, i) => (i === me ? "D" : action));
      const withC = utility(own, me, payoffs(game, profile), "C");
      return withC - utility(own, me, payoffs(game, alone), "D");
    });
}

/** The name of an arena for a seat, as it is and through each lens. */
export function classes(
  arena: Arena,
  seat: Seat,
  scenario: Seen,
  standing: Standing,
): Record<Reading, Situation> {
  const seen = (lens: Lens) => through(lens, arena, seat, scenario, standing).name;
  return {
    material: situationIn(arena.game, arena.members.indexOf(seat)),
    realism: seen("realism"),
    liberalism: seen("liberalism"),
    constructivism: seen("constructivism"),
  };
}

/** What a played arena was worth to one member. standing: before the round. */
export function worth(
  lens: Lens,
  result: ArenaResult,
  seat: Seat,
  scenario: Seen,
  standing: Standing,
): number {
  const members = Object.keys(result.actions);
  const own = regard(lens, result.arena, members, seat, scenario, standing);
  const paid = members.map((member) => result.payoffs[member]!);
  return utility(own, members.indexOf(seat), paid, result.actions[seat]!);
}

/** What every round so far was worth to a seat. first: the standing before the first round.
 *
 * Each round is seen as things stood before it; what incidents cost is material and stays out. */
export function lensTotal(
  lens: Lens,
  seat: Seat,
  scenario: Seen,
  first: Standing,
  history: readonly RoundResolved[],
): number {
  let total = 0;
  history.forEach(({ results }, i) => {
    const before = history[i - 1]?.standing ?? first;
    for (const result of results) {
      if (seat in result.actions) total += worth(lens, result, seat, scenario, before);
    }
  });
  return total;
}

/** Whether a viewer knows what this seat thinks of others; lenses need it. */
export function knowsMind(standing: Standing, seat: Seat): boolean {
  return seat in standing.faith;
}

function realist(threats: readonly number[], k: number): Regard {
  let whole = 0;
  for (const each of threats) whole += each;
  return {
    own: 1 + k,
    toward: threats.map((each) => (each ? -k * (each / whole) : 0)),
    forC: 0,
    forD: 0,
  };
}

/** How much one seat is a threat to another; an ally is none. */
function threat(
  { players, power, arenas }: Seen,
  standing: Standing,
  seat: Seat,
  other: Seat,
): number {
  const areAllies = arenas.some(
    ({ is_alliance, members }) => is_alliance && members.includes(seat) && members.includes(other),
  );
  if (areAllies) return 0;
  const counts = standing.faith[seat]?.[other];
  const trusted = counts === undefined ? 0.5 : counts[0] / (counts[0] + counts[1]);
  return powerOf(players, power, other) * (1 - trusted);
}

function powerOf(players: Seen["players"], power: Seen["power"], seat: Seat): number {
  if (power === "equal") return 1;
  const figure = players.find((player) => player.seat === seat)?.figures[power];
  if (figure === undefined) throw new Error(`${seat} has no figure for ${power}`);
  return figure.value;
}

function toward(figures: Toward, seat: Seat, members: readonly Seat[]): number[] {
  return members.map((other) => (other === seat ? 0 : (figures[seat]?.[other] ?? 0)));
}
