/** Why two rivals stand on another rung than before the last round, in one sentence. */
import { percent, t } from "../i18n/index.svelte.ts";
import { tensionParts } from "../rules/change-reasons.ts";
import { CRISIS, scenarioNow } from "../rules/in-force.ts";
import { rivalries, rungInForce, RUNGS, type Rivalry } from "../rules/rungs.ts";
import { resultIn } from "../rules/series.ts";
import { tensionOf } from "../rules/standing.ts";
import type { Phase, Position, RoundResolved, Scenario, Seat } from "../wire/types.ts";
import { tensionReasons, type Round } from "./reason-words.ts";
import { pairCalled } from "./words.ts";

type Now = Pick<Scenario, "rivals" | "arenas" | "stakes" | "consequences">;

/** The sentence of a pair; null where the rung is the same, or one of the two is not known.
 *
 * now: with the arenas in force, which in fog alone tell on which rung the two are.
 */
export function rungTold(told: Round, now: Now, pair: readonly [Seat, Seat]): string | null {
  const [was, is] = stepOf(told, now, pair);
  if (!was?.rung || !is?.rung || was.rung === is.rung) return null;
  const isFog = is.tension === null;
  const words = {
    ...pairCalled(pair, told.nameOf, told.mine),
    before: rungWords(was, !isFog),
    after: rungWords(is, !isFog),
  };
  // the price of a crisis tells whether both pressed, also in fog
  const ofBrink = brinkReason(was, is);
  const isUp = RUNGS.indexOf(is.rung) > RUNGS.indexOf(was.rung);
  const reasons = ofBrink ?? tensionReasons(told, pair, isUp);
  if (reasons === null) return isFog ? t("rung.told.hidden", words) : null;
  return t(isFog && ofBrink === null ? "rung.told.fog" : "rung.told", { ...words, reasons });
}

/** The sentence of the round that brought a pair to its rung, where that was an earlier one than is told;
 * null where nothing of it is known.
 *
 * beforeOf: the position in which the orders of a round were opened.
 */
export function rungSince(
  told: Round,
  now: Now,
  pair: readonly [Seat, Seat],
  beforeOf: (round: RoundResolved) => Position | null,
): string | null {
  const [was, is] = stepOf(told, now, pair);
  if (!was?.rung || was.rung !== is?.rung) return null;
  const round = told.before.history.at(-1);
  if (round === undefined) return is.rung === "calm" ? null : t("rung.start");
  const before = beforeOf(round);
  if (before === null) return null;
  const earlier = { ...told, before, round };
  const words = rungTold(earlier, scenarioNow(told.before), pair);
  if (words !== null) return t("rung.since", { round: round.round, words });
  return rungSince(earlier, scenarioNow(told.before), pair, beforeOf);
}

/** That fog keeps the rungs of a round until the next one opens; empty where it does not.
 *
 * now: with the arenas in force.
 */
export function rungsLate({ before, round }: Round, now: Now, phase: Phase | null): string {
  const known = rivalries(now, round.standing, round);
  const isHidden = known.some(({ rung, tension }) => rung !== null && tension === null);
  if (phase !== "reveal" || !isHidden) return "";
  const isLast = round.round >= before.scenario.rounds;
  return t(isLast ? "rung.late.last" : "rung.late", { round: round.round });
}

/** A pair before a round and after it, as far as they are known. */
function stepOf({ before, round }: Round, now: Now, pair: readonly Seat[]) {
  return [
    rivalry(rivalries(scenarioNow(before), before.standing, before.history.at(-1)), pair),
    rivalry(rivalries(now, round.standing, round), pair),
  ] as const;
}

/** Whether tension rose or fell by what a reader saw, where fog hides it and no new rung is known yet.
 *
 * Two who both press in their crisis are on the brink unless something else calmed them.
 */
export function tensionSeen(told: Round, pair: readonly [Seat, Seat]): string | null {
  const { before, round, nameOf, mine } = told;
  if (tensionOf(round.standing, ...pair) !== null) return null;
  const moved = tensionParts(before, round, pair).reduce((sum, part) => sum + part.moved, 0);
  const names = pairCalled(pair, nameOf, mine);
  if (moved >= 0 && rungInForce(scenarioNow(before), pair) === "crisis" && bothPress(told, pair)) {
    const rungs = { before: t("rung.crisis"), after: t("rung.brink") };
    return t("rung.told.fog", { ...names, ...rungs, reasons: t("because.brink") });
  }
  const reasons = moved === 0 ? null : tensionReasons(told, pair, moved > 0);
  if (reasons === null) return null;
  return t(moved > 0 ? "because.seen.up" : "because.seen.down", { ...names, reasons });
}

function bothPress({ before, round }: Round, pair: readonly Seat[]): boolean {
  return before.arenas.some(
    ({ name }) =>
      name.startsWith(CRISIS) && pair.every((seat) => resultIn(round, name)?.actions[seat] === "D"),
  );
}

/** "strained, 74%": the tension beside it where both are known. */
function rungWords({ rung, tension }: Rivalry, isExact: boolean): string {
  const word = t(`rung.${rung!}`);
  return isExact && tension !== null ? `${word} (${percent(tension)})` : word;
}

function brinkReason(was: Rivalry, is: Rivalry): string | null {
  if (is.rung === "brink") return t("because.brink");
  return was.rung === "brink" && is.rung === "crisis" ? t("because.offBrink") : null;
}

function rivalry(all: readonly Rivalry[], pair: readonly Seat[]): Rivalry | undefined {
  return all.find(({ seats }) => seats.every((seat) => pair.includes(seat)));
}
