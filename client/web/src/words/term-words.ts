/** Changes of terms that are in force, as sentences: what, from what to what, and why. */
import { list, n, t, type Key } from "../i18n/index.svelte.ts";
import type { Step } from "../rules/terms-in-force.ts";
import type { Arena, Cause, Seat } from "../wire/types.ts";
import { arenaTitle, calledBy, type NameOf } from "./words.ts";

type Names = { arenas: readonly Arena[]; nameOf: NameOf; mine: Seat | null };

/** "The cost of cooperating goes from 1.9 to 3.4: Quad held last round, and you are outside." */
export function stepWords({ seat, change, before, after }: Step, names: Names): string {
  const words = {
    term: t(`term.${change.parameter}` as Key),
    before: n(before, DIGITS),
    after: n(after, DIGITS),
    reason: causeWords(change.cause, change.parameter, seat, change.because, names),
  };
  if (seat === names.mine || change.seats.length === 0) return t("inForce.step", words);
  return t("inForce.step.other", { ...words, name: names.nameOf(seat) });
}

const DIGITS = { maximumFractionDigits: 2 } as const;

/** Why a term is not as it was written: "Quad held last round, and you are outside." */
export function causeWords(
  cause: Cause,
  parameter: string,
  seat: Seat,
  because: readonly string[],
  { arenas, nameOf, mine }: Names,
): string {
  const titles = because.map((name) => {
    const arena = arenas.find((each) => each.name === name);
    return arena ? arenaTitle(arena) : name;
  });
  const who = list(because.map(calledBy(nameOf, mine)));
  const words = { places: list(titles), who, name: nameOf(seat) };
  const isMine = seat === mine;
  switch (cause) {
    case "shadow":
      return t(isMine ? "inForce.shadow.mine" : "inForce.shadow", words);
    case "restraint":
      return t(isMine ? "inForce.restraint.mine" : "inForce.restraint", words);
    case "in_crisis":
      return t(isMine ? "inForce.inCrisis.mine" : "inForce.inCrisis", words);
    case "wary":
      return t(parameter === "b" ? "inForce.wary.trade" : "inForce.wary", words);
    default:
      return t(`inForce.${cause}`, words);
  }
}
