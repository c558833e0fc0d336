/** What changed the terms of an arena last round and changes none now. Pure. */
import type { Arena, Cause, Effect, RoundResolved, Seat, TermChange } from "../wire/types.ts";

/** seats: whose terms; nobody named: everybody's. because: of one caller or link, or of all who share
 * a cause. */
export type Ended = {
  cause: Cause;
  seats: readonly Seat[];
  because: readonly string[];
  /** What shadows added to the term in the last round, and add now. */
  added?: { before: number; after: number };
};

/** Causes of which each arena or seat ends on its own. */
const APART: readonly Cause[] = ["shadow", "ally_in_crisis", "link"];

/** What no longer counts in an arena, each cause once; an institution only fades. */
export function endedIn(last: Arena | undefined, arena: Arena): Ended[] {
  const now = new Set((arena.changes ?? []).flatMap(apart).map(keyOf));
  const gone = (last?.changes ?? [])
    .filter(({ cause }) => cause !== "institution")
    .flatMap(apart)
    .filter((each) => !now.has(keyOf(each)));
  const added = (seats: readonly Seat[]) => ({
    before: shadowOn(seats, last),
    after: shadowOn(seats, arena),
  });
  return joined([...new Map(gone.map((each) => [keyOf(each), each])).values()], added);
}

/** Blocs add up to one shadow, whose figures are told once of all that are gone. */
function joined(
  gone: readonly Ended[],
  added: (seats: readonly Seat[]) => NonNullable<Ended["added"]>,
): Ended[] {
  const found = new Map<string, Ended>();
  for (const each of gone) {
    const { cause, seats, because } = each;
    const key = cause === "shadow" ? seats.join(" ") : keyOf(each);
    const known = found.get(key)?.because ?? [];
    const shadow = { cause, seats, because: [...known, ...because], added: added(seats) };
    found.set(key, cause === "shadow" ? shadow : each);
  }
  return [...found.values()];
}

function shadowOn([seat]: readonly Seat[], arena: Arena | undefined): number {
  return (arena?.changes ?? [])
    .filter(({ cause, seats }) => cause === "shadow" && seats.includes(seat ?? ""))
    .reduce((sum, { added }) => sum + added, 0);
}

function apart({ cause, seats, because }: TermChange): Ended[] {
  if (!APART.includes(cause)) return [{ cause, seats, because }];
  return because.map((one) => ({ cause, seats, because: [one] }));
}

/** Two who are wary, and trade that suffers by it, are one cause. */
function keyOf({ cause, seats, because }: Ended): string {
  return [cause, ...(cause === "wary" ? [] : seats), "by", ...because].join(" ");
}

/** Effects of moves that had their last round in this one, and were not made again. */
export function runOut(
  effects: readonly Effect[],
  { round, effects: after }: Pick<RoundResolved, "round" | "effects">,
): Effect[] {
  const isAgain = ({ kind, arena, other_arena, makers }: Effect) =>
    after.some(
      (each) =>
        each.kind === kind &&
        each.arena === arena &&
        each.other_arena === other_arena &&
        makers.every((seat) => each.makers.includes(seat)),
    );
  return effects.filter((each) => each.last_round === round && !isAgain(each));
}
