/** What the terms of an arena were changed by this round, step by step, for one member. Pure. */
import type { Arena, Cause, Scenario, Seat, TermChange, Terms } from "../wire/types.ts";

/** Why a term is not as it was written; news is no consequence of a round, and no arena carries it. */
export type Reason = Cause | "news";
type Change = Omit<TermChange, "cause"> & { readonly cause: Reason };

/** One change of a term of a seat, and what it was before and is after. */
export type Step = { seat: Seat; change: Change; before: number; after: number };

/** All changes of one term, from the figure as written to the one that pays, of seats that have the
 * same ones. */
export type Chain = { seats: readonly Seat[]; steps: readonly Step[] };

type Written = Pick<Scenario, "arenas">;
type Term = keyof Terms;

/** The steps that lead from a scenario's terms of a seat to those in force, term after term.
 *
 * A step that leaves a term as it was, e.g. a share of nothing, is none. News comes last.
 */
export function stepsOf(arena: Arena, seat: Seat, scenario: Written): readonly Step[] {
  const { changes = [], game, members } = arena;
  if (game.type !== "collective") return [];
  const own = changes.filter(({ seats }) => seats.length === 0 || seats.includes(seat));
  const paid = game.terms[members.indexOf(seat)]!;
  const written = writtenFor(arena, seat, scenario);
  const at = { ...(written ?? undone(paid, own)) };
  const steps = own.map((change): Step => {
    const term = change.parameter as Term;
    const before = at[term];
    at[term] = before * change.factor + change.added;
    return { seat, change, before, after: at[term] };
  });
  const news = written === null ? [] : newsOf(seat, at, paid);
  return byTerm([...steps, ...news].filter(({ before, after }) => before !== after)).flat();
}

/** The steps of each term together, so that each goes on from where the one before it ended. */
function byTerm(steps: readonly Step[]): (readonly Step[])[] {
  const terms = [...new Set(steps.map(({ change }) => change.parameter))];
  return terms.map((term) => steps.filter(({ change }) => change.parameter === term));
}

/** The chains of all members but the reader; what causes of all did, to the same figures as for the
 * reader, is told with the reader's. */
export function chainsBeside(arena: Arena, reader: Seat | null, scenario: Written): Chain[] {
  const told = new Set(reader === null ? [] : stepsOf(arena, reader, scenario).map(figuresOf));
  const found = new Map<string, Chain>();
  for (const seat of arena.members.filter((each) => each !== reader))
    for (const chain of chainsOf(arena, seat, scenario)) {
      const key = keyOf(chain);
      const seats = [...(found.get(key)?.seats ?? []), seat];
      const isTold = isForAll(chain) && chain.steps.every((step) => told.has(figuresOf(step)));
      if (!isTold) found.set(key, { ...chain, seats });
    }
  return [...found.values()];
}

function chainsOf(arena: Arena, seat: Seat, scenario: Written): Chain[] {
  return byTerm(stepsOf(arena, seat, scenario)).map((steps) => ({ seats: [seat], steps }));
}

const isForAll = ({ steps }: Chain) => steps.every(({ change: { seats } }) => seats.length === 0);

const figuresOf = ({ change, before, after }: Step) => JSON.stringify([change, before, after]);

function keyOf(chain: Chain): string {
  return [...(isForAll(chain) ? [] : chain.seats), ...chain.steps.map(figuresOf)].join(" ");
}

/** A seat's terms in the scenario; who joined has those that no member has for itself. Null of an
 * arena that is not there. */
function writtenFor({ name }: Arena, seat: Seat, { arenas }: Written): Terms | null {
  const plain = arenas.find((each) => each.name === name);
  if (plain?.game.type !== "collective") return null;
  const { terms } = plain.game;
  return terms[plain.members.indexOf(seat)] ?? commonOf(plain, terms);
}

function commonOf({ members, overrides }: Arena, terms: readonly Terms[]): Terms {
  const isOwn = (seat: Seat, term: string) =>
    overrides.some(({ member, parameter }) => member === seat && parameter === term);
  const common = termsOf(terms[0]!).map((term) => {
    const place = members.findIndex((seat) => !isOwn(seat, term));
    return [term, terms[Math.max(place, 0)]![term]];
  });
  return Object.fromEntries(common) as Terms;
}

const termsOf = (terms: Terms) => Object.keys(terms) as Term[];

/** What is left between the changes of a round and what pays. */
function newsOf(seat: Seat, at: Terms, paid: Terms): Step[] {
  return termsOf(paid).map((parameter) => {
    const [before, after] = [at[parameter], paid[parameter]];
    const change = { parameter, cause: "news", seats: [], because: [] } as const;
    return { seat, change: { ...change, factor: 1, added: after - before }, before, after };
  });
}

function undone(terms: Terms, changes: readonly TermChange[]): Terms {
  const at = { ...terms };
  for (const { parameter, factor, added } of changes.toReversed()) {
    const term = parameter as Term;
    at[term] = (at[term] - added) / factor;
  }
  return at;
}
