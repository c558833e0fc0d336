/** Why the index, dependency and norms changed, in one sentence each. */
import { n, percent, t } from "../i18n/index.svelte.ts";
import { positionBefore } from "../rules/before.ts";
import {
  autonomyShares,
  calmShares,
  jointShares,
  leadingMover,
  leadingPart,
  leaning,
  lentShare,
  normShare,
  partOf,
  trustShares,
  type Joint,
  type Mover,
  type PartMoved,
  type Share,
} from "../rules/index-reasons.ts";
import { resultIn } from "../rules/series.ts";
import { dependency } from "../rules/standing.ts";
import type { Arena, GameEvent, Seat, Standing } from "../wire/types.ts";
import { isSeen, tensionTold, trustTold, type Round, type Told } from "./reason-words.ts";
import { calledBy, listCalled, titleIn } from "./words.ts";

type Pair = readonly [Seat, Seat];

const NEAR = 1e-9;

/** A change of the index. why: what moved the part that moved it most, where that is known. */
export type IndexTold = Told & { why: string | null };

/** How the index changed, and why; null where it is not known, or the figure shown is the same.
 *
 * The part that moved it most, and what moved that part most.
 */
export function indexTold(told: Round, log: readonly GameEvent[]): IndexTold | null {
  const was = told.before.standing.integration;
  const is = told.round.standing.integration;
  if (!was || !is || told.before.rules_version < 2) return null;
  if (indexWords(was.index) === indexWords(is.index)) return null;
  const lead = leadingPart(was, is);
  const { part, before, after } = lead;
  const way = after > before ? "up" : "down";
  const words = { part: t(`because.part.${part}`), before: percent(before), after: percent(after) };
  const moved = t(isSeen(lead) ? `because.part.${way}` : `because.part.${way}.slight`, words);
  const why = partReason(lead, told, log);
  const reasons = why === null ? moved : t("because.part", { moved, why });
  return { before: was.index, after: is.index, reasons, why };
}

/** The index as it is shown. */
export function indexWords(index: number): string {
  return n(index, { maximumFractionDigits: 0 });
}

function partReason(lead: PartMoved, told: Round, log: readonly GameEvent[]): string | null {
  switch (lead.part) {
    case "trust":
      return trustWords(lead, told);
    case "calm":
      return calmWords(lead, told);
    case "autonomy":
      return autonomyWords(lead, told);
    default:
      return jointWords(lead.part, told, log);
  }
}

function jointWords(
  part: "cooperation" | "cross_bloc",
  told: Round,
  log: readonly GameEvent[],
): string | null {
  const last = told.before.history.at(-1);
  const earlier = last && positionBefore(log, last);
  if (!last || !earlier) return null;
  const was = jointShares({ before: earlier, round: last }, part);
  const is = jointShares(told, part);
  const mover = was && is && leadingMover(was, is, ({ name }) => name);
  return mover && jointClause(mover, [...told.before.arenas, ...earlier.arenas]);
}

function jointClause({ of, before, after }: Mover<Joint>, arenas: readonly Arena[]): string {
  const arena = titleIn(arenas, of.name);
  const [was, is] = [before?.of, after?.of];
  const words = { arena, gave: is?.gave.length ?? 0, was: was?.gave.length ?? 0 };
  const counts = { ...words, members: of.members.length };
  if (!is) return t("because.joint.gone", counts);
  if (!was) return t("because.joint.new", counts);
  if (String(is.gave) === String(was.gave)) return t("because.joint.terms", counts);
  if (is.gave.length === was.gave.length) return t("because.joint.others", counts);
  return t("because.joint", counts);
}

function trustWords(lead: PartMoved, told: Round): string | null {
  const pair = moverOf(lead, told, trustShares, String);
  if (pair === null) return choicesWords(lead, told);
  const why = trustTold(told, ...pair);
  const [from, to] = named(pair, told);
  const key = lead.after > lead.before ? "because.trust.more" : "because.trust.less";
  return why && t(key, { from, to, reasons: why.reasons });
}

/** What was played that moves trust that way, where others' trust is not told. */
function choicesWords({ before, after }: PartMoved, { round }: Round): string {
  const acts = round.results.flatMap(({ actions }) => Object.values(actions));
  const done = after > before ? "C" : "D";
  const count = acts.filter((act) => act === done).length;
  return t("because.acts", { done: t(`deed.${done}`), acts: count, of: acts.length });
}

function calmWords(lead: PartMoved, told: Round): string | null {
  const pair = moverOf(lead, told, calmShares, String);
  const why = pair && tensionTold(told, pair);
  if (!pair || !why) return null;
  const [a, b] = named(pair, told);
  return t("because.between", { a, b, reasons: why.reasons });
}

function autonomyWords(lead: PartMoved, told: Round): string | null {
  const { before, round } = told;
  const seat = moverOf(lead, told, autonomyShares, (each) => each);
  const on = seat && (leaning(round.standing, seat).on ?? leaning(before.standing, seat).on);
  if (!seat || !on) return null;
  const [made, back] = [lentShare(told, seat, on), lentShare(told, on, seat)].map(percent);
  const [name, other] = named([seat, on], told);
  return t("because.leaned", { name, other, made: made!, back: back! });
}

function named(pair: Pair, { mine, nameOf }: Round): [string, string] {
  const called = calledBy(nameOf, mine);
  return [called(pair[0]), called(pair[1])];
}

/** What moved a part most; null where the viewer was not told all that the part is made of. */
function moverOf<Of>(
  { part }: PartMoved,
  { before, round }: Round,
  sharesOf: (standing: Standing) => readonly Share<Of>[],
  key: (of: Of) => string,
): Of | null {
  const [was, is] = [sharesOf(before.standing), sharesOf(round.standing)];
  const isAll = Math.abs(partOf(is, before.scenario) - round.standing.integration![part]) < NEAR;
  return isAll ? (leadingMover(was, is, key)?.of ?? null) : null;
}

/** How the dependency of a seat on another changed, and what of its benefits the other made. */
export function dependencyTold(told: Round, seat: Seat, other: Seat): Told | null {
  const { before, round, mine, nameOf } = told;
  const called = calledBy(nameOf, mine);
  const [was, is] = [before, round].map((each) => dependency(each.standing, seat, other));
  const shown = { before: was!, after: is! };
  if (!(seat in round.standing.dependency) || !isSeen(shown)) return null;
  const share = lentShare(told, seat, other);
  const words = { name: called(other), who: called(seat), share: percent(share) };
  return { ...shown, reasons: t(share < 0.005 ? "because.lent.none" : "because.lent", words) };
}

/** How the norm of an arena changed, and who cooperated there. */
export function normTold({ before, round, mine, nameOf }: Round, arena: Arena): Told | null {
  const { name, members } = arena;
  const was = before.standing.norms[name] ?? before.scenario.standing.norm_at_start;
  const [is, share] = [round.standing.norms[name], normShare(arena, round)];
  if (is === undefined || share === null || !isSeen({ before: was, after: is })) return null;
  const gave = members.filter((seat) => resultIn(round, name)!.actions[seat] === "C");
  const words = { names: listCalled(gave, nameOf, mine), share: percent(share) };
  const key = gave.length === 0 ? "none" : gave.length === members.length ? "all" : "some";
  return { before: was, after: is, reasons: t(`because.norm.${key}`, words) };
}
