/** Changes of terms that are in force, as sentences: what, from what to what, and why. */
import { FINE, list, n, percent, t, type Key } from "../i18n/index.svelte.ts";
import { nobodyYields } from "../rules/crises.ts";
import { rungInForce, type Rung } from "../rules/rungs.ts";
import type { Reason, Step } from "../rules/terms-in-force.ts";
import type { Arena, Scenario, Seat } from "../wire/types.ts";
import { arenaTitle, listCalled, type NameOf } from "./words.ts";

export type TermNames = {
  /** What crises are written as, and the arenas that are played: they tell on which rung a pair is. */
  written: Pick<Scenario, "stakes" | "consequences">;
  arenas: readonly Arena[];
  nameOf: NameOf;
  mine: Seat | null;
  /** Whether a round is over: two are told to have been wary then, for they may be worse by now. */
  isPast?: boolean;
};

/** "The cost of cooperating: 1.9, now 3.4, because Quad held the round before, and you are outside."
 *
 * seats: whose it is, if it is to be said. */
export function stepWords(
  { seat, change, before, after }: Step,
  names: TermNames,
  seats: readonly Seat[] = [],
): string {
  const words = {
    term: t(`term.${change.parameter}` as Key),
    before: n(before, FINE),
    after: n(after, FINE),
    reason:
      change.cause === "institution"
        ? t("inForce.institution.at", { strength: percent(strengthOf(change, names.written)) })
        : causeWords(change.cause, change.parameter, seat, change.because, names),
  };
  if (seats.length === 0) return t("inForce.step", words);
  return t("inForce.step.other", { ...words, name: list(seats.map(names.nameOf)) });
}

/** The strength of an institution, from how far it eases a term. */
function strengthOf(
  { parameter, factor }: Step["change"],
  { consequences }: Pick<Scenario, "consequences">,
): number {
  const exposure = consequences?.eased_exposure ?? 0.5;
  const cost = consequences?.eased_cost ?? 0.25;
  return (1 - factor) / (parameter === "e" ? exposure : cost);
}

/** Why a term is not as it was written: "Quad held the round before, and you are outside." */
export function causeWords(
  cause: Reason,
  parameter: string,
  seat: Seat,
  because: readonly string[],
  { written, arenas, nameOf, mine, isPast = false }: TermNames,
): string {
  const titles = because.map((name) => {
    const arena = arenas.find((each) => each.name === name);
    return arena ? arenaTitle(arena) : name;
  });
  const who = listCalled(because, nameOf, mine);
  const words = { places: list(titles), who, name: nameOf(seat) };
  const isMine = seat === mine;
  const isBrink = because.some((caller) => isOnBrink(caller, { written, arenas }));
  switch (cause) {
    case "shadow":
      return t(isMine ? "inForce.shadow.mine" : "inForce.shadow", words);
    case "restraint":
      return t(isMine ? "inForce.restraint.mine" : "inForce.restraint", words);
    case "in_crisis":
      return t(isMine ? "inForce.inCrisis.mine" : "inForce.inCrisis", words);
    case "ally_in_crisis":
      return callerWords(
        words,
        { isCaller: mine !== null && because.includes(mine), isMine },
        isBrink,
      );
    case "wary":
      if (isPast)
        return t(parameter === "b" ? "inForce.wary.trade.past" : "inForce.wary.past", words);
      return waryWords(parameter, rungInForce({ ...written, arenas }, because), words.who);
    default:
      return t(`inForce.${cause}`, words);
  }
}

/** Why it is dearer to stand by an ally: more on the brink than in a crisis. */
function callerWords(
  words: { who: string },
  { isCaller, isMine }: { isCaller: boolean; isMine: boolean },
  isBrink: boolean,
): string {
  const key = isBrink ? "inForce.ally_on_brink" : "inForce.ally_in_crisis";
  if (isCaller) return t(`${key}.mine`, words);
  return t(isMine ? `${key}.called` : key, words);
}

/** Whether a seat is in a crisis on the brink. */
function isOnBrink(
  seat: Seat,
  { written, arenas }: Pick<TermNames, "written" | "arenas">,
): boolean {
  return arenas.some(
    (arena) => arena.members.includes(seat) && nobodyYields(arena, seat, written)?.isBrink === true,
  );
}

/** Rivals expose each other, and trade loses more on each rung: so the rung is named. */
function waryWords(parameter: string, rung: Rung | null, who: string): string {
  const isTrade = parameter === "b";
  if (rung === "brink")
    return t(isTrade ? "inForce.wary.trade.brink" : "inForce.wary.brink", { who });
  if (rung === "crisis")
    return t(isTrade ? "inForce.wary.trade.crisis" : "inForce.wary.crisis", { who });
  return t(isTrade ? "inForce.wary.trade" : "inForce.wary", { who });
}
