/** Why an arena paid what it did, from what it pays as written to what it paid. */
import { n, t } from "../i18n/index.svelte.ts";
import type { PayoffReasons } from "../rules/reasons.ts";
import type { Seat } from "../wire/types.ts";
import { causeWords, type TermNames } from "./term-words.ts";
import { arenaTitle } from "./words.ts";

/** What an arena paid, and the steps that led there; none where one sentence says it all. */
export type PayoffTold = { words: string; steps: readonly string[] };

/** "The Summit paid you 2.7 instead of 5 on the scenario's terms, because …"; null where every step
 * is shown as nothing. */
export function payoffWords(
  { arena, before, after, reasons }: PayoffReasons,
  seat: Seat,
  names: TermNames,
): PayoffTold | null {
  const seen = reasons
    .filter((each) => n(each.before) !== n(each.after))
    .map(({ before: was, after: is, cause, parameter, because }) => ({
      ...{ before: n(was), after: n(is) },
      reason: causeWords(cause, parameter, seat, because, { ...names, isPast: true }),
    }));
  const [first, ...more] = seen;
  if (first === undefined) return null;
  const whole = { arena: arenaTitle(arena), before: n(before), after: n(after) };
  if (more.length === 0) return { words: t("why.one", { ...whole, ...first }), steps: [] };
  const words = t(whole.before === whole.after ? "why.same" : "why.all", whole);
  return { words, steps: seen.map((each) => t("why.step", each)) };
}
