/** Why trust, tension and institutions changed, in one sentence each. */
import { list, n, percent, t } from "../i18n/index.svelte.ts";
import { asShown } from "../i18n/format.ts";
import {
  affinityReason,
  institutionParts,
  tensionParts,
  trustReason,
  type TensionPart,
  type TrustReason,
} from "../rules/change-reasons.ts";
import { misread } from "../rules/ledger.ts";
import { affinity, tensionOf, trust } from "../rules/standing.ts";
import type { Arena, Position, RoundResolved, Seat } from "../wire/types.ts";
import { titlesIn } from "./arena-lists.ts";
import { calledBy, listCalled, type NameOf } from "./words.ts";

/** What changed in a round: a share before and after it, and the clauses that say why. */
export type Told = { before: number; after: number; reasons: string };

export type Round = {
  /** The position in which the orders were opened. */
  before: Position;
  round: RoundResolved;
  mine: Seat | null;
  nameOf: NameOf;
};

/** Less would be told as no percentage point at all. */
const NEAR = 0.0005;

/** How the trust of a seat in another changed, and why; null where it is not known, or stood still. */
export function trustTold(told: Round, seat: Seat, other: Seat): Told | null {
  const { before, round } = told;
  const [was, is] = [trust(before.standing, seat, other), trust(round.standing, seat, other)];
  const why = trustReason(before, round, seat, other);
  if (was === null || is === null || why === null) return null;
  return { before: was, after: is, reasons: trustReasons(why, told, is > was) };
}

/** What speaks for the change, and what against it: a breach is no reason for more trust. */
function trustReasons(why: TrustReason, told: Round, isMore: boolean): string {
  const { broke, acts } = trustClauses(why, told);
  const isOnlyGood = why.cooperated.length > 0 && why.defected.length === 0;
  if (broke.length > 0 && why.cooperated.length > 0 && isMore) return although(acts, broke);
  if (broke.length > 0 && isOnlyGood) return although(broke, acts);
  return list([...broke, ...acts]);
}

/** "…, although …": what moved a figure, and what could not stop it. */
export function although(reasons: readonly string[], against: readonly string[]): string {
  if (against.length === 0) return list(reasons);
  return t("because.although", { reasons: list(reasons), against: list(against) });
}

function trustClauses(
  { other, broke, cooperated, defected }: TrustReason,
  told: Round,
): { broke: string[]; acts: string[] } {
  const { before, mine, nameOf } = told;
  const words = {
    name: calledBy(nameOf, mine)(other),
    broke: titlesIn(before.arenas, broke),
    good: asSeen(cooperated, other, told),
    bad: asSeen(defected, other, told),
  };
  const isMixed = cooperated.length > 0 && defected.length > 0;
  return {
    broke: broke.length > 0 ? [t("because.broke", words)] : [],
    acts: [
      ...(isMixed ? [t("because.both", words)] : []),
      ...(!isMixed && cooperated.length > 0 ? [t("because.C", words)] : []),
      ...(!isMixed && defected.length > 0 ? [t("because.D", words)] : []),
    ],
  };
}

/** Arenas in which another was seen to act. Trust and affinity go by that, which the reader may know to
 * be wrong. */
function asSeen(arenas: readonly string[], other: Seat, { before, round }: Round): string {
  return list(
    arenas.map((name) => {
      const arena = titlesIn(before.arenas, [name]);
      const truth = misread(before.pacts, round, name, other);
      return truth === null ? arena : t("because.misread", { arena, deed: t(`deed.${truth}`) });
    }),
  );
}

/** How a seat's affinity to another changed, and why; null where it stood still. */
export function affinityTold(told: Round, seat: Seat, other: Seat): Told | null {
  const { before, round, mine, nameOf } = told;
  const [was, is] = [affinity(before.standing, seat, other), affinity(round.standing, seat, other)];
  const why = affinityReason(before, round, seat, other);
  if (was === null || is === null || was === is || why === null) return null;
  const called = calledBy(nameOf, mine);
  const words = {
    name: called(other),
    who: called(seat),
    arenas: asSeen(why.arenas, other, told),
  };
  const reasons = t(why.isBetrayed ? "because.betrayed" : "because.mutual", words);
  return { before: was, after: is, reasons };
}

/** How the tension of two rivals changed, and why; null where it is not known. */
export function tensionTold(told: Round, pair: readonly [Seat, Seat]): Told | null {
  const { before, round } = told;
  const [was, is] = [before.standing, round.standing].map((each) => tensionOf(each, ...pair));
  if (was === null || was === undefined || is === null || is === undefined) return null;
  const reasons = tensionReasons(told, pair, is >= was);
  return reasons === null ? null : { before: was, after: is, reasons };
}

/** What moved the tension of two rivals up or down, as far as it is known; null where that says
 * nothing of it. */
export function tensionReasons(
  told: Round,
  pair: readonly [Seat, Seat],
  isUp: boolean,
): string | null {
  const parts = tensionParts(told.before, told.round, pair)
    .filter(({ moved }) => Math.abs(moved) >= NEAR)
    .sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
  const causes = parts.filter(({ moved }) => moved > 0 === isUp);
  const against = parts.filter(({ moved }) => moved > 0 !== isUp);
  if (causes.length === 0) return null;
  const words = (some: readonly TensionPart[]) => some.map((part) => tensionClause(part, told));
  return although(words(causes), words(against));
}

function tensionClause(part: TensionPart, { before, round, mine, nameOf }: Round): string {
  switch (part.is) {
    case "choices": {
      const { defected, of } = part;
      const is = defected === 0 ? "C" : defected === of ? "D" : "some";
      return t(`because.choices.${is}`, { count: defected, of });
    }
    case "outside": {
      const size = sizeOf(part.moved);
      const words = {
        name: calledBy(nameOf, mine)(part.seat),
        size: sizeWords(part.moved),
        count: size,
      };
      const isUp = part.moved > 0;
      // no size where fog hides what it is a part of
      if (round.standing.rivals.length === 0)
        return t(isUp ? "because.stirred" : "because.calmed", words);
      return t(isUp ? "because.outside.up" : "because.outside.down", words);
    }
    default:
      return t(`because.${part.is}`, { arenas: titlesIn(before.arenas, part.arenas) });
  }
}

/** How the institution of an arena changed, and who paid for it; null where it has none. */
export function institutionTold(told: Round, arena: Arena): Told | null {
  const { before, round, mine, nameOf } = told;
  const [was, is] = [before.standing, round.standing].map((each) => each.institutions[arena.name]);
  const parts = institutionParts(before, round, arena);
  if (was === undefined || is === undefined || parts === null) return null;
  const { paid, added, faded } = parts;
  const fades = faded > 0 ? [t("because.fades", { percent: percent(faded) })] : [];
  if (paid.length === 0)
    return { before: was, after: is, reasons: list([t("because.fund.none"), ...fades]) };
  const names = listCalled(paid, nameOf, mine);
  const funds = [t("because.fund", { names, size: sizeWords(added), count: sizeOf(added) })];
  const reasons = is > was ? although(funds, fades) : although(fades, funds);
  return { before: was, after: is, reasons };
}

/** Whether a change is seen when it is told in whole percent. */
export function isSeen({ before, after }: Omit<Told, "reasons">): boolean {
  return percent(before) !== percent(after);
}

/** A change of a share in percentage points, as it is shown. */
export function sizeOf(moved: number): number {
  return asShown(Math.abs(moved) * 100);
}

/** A change of a share as percentage points, e.g. of tension. */
export function sizeWords(moved: number): string {
  return n(Math.abs(moved) * 100, { maximumFractionDigits: 1 });
}
