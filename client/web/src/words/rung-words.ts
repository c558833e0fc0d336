/** Why two rivals stand on another rung than before the last round, in one sentence. */
import { percent, t } from "../i18n/index.svelte.ts";
import { scenarioNow } from "../rules/in-force.ts";
import { rivalries, RUNGS, type Rivalry } from "../rules/rungs.ts";
import type { Scenario, Seat } from "../wire/types.ts";
import { tensionReasons, type Round } from "./reason-words.ts";

type Now = Pick<Scenario, "rivals" | "arenas" | "stakes" | "consequences">;

/** The sentence of a pair; null where the rung is the same, or one of the two is not known.
 *
 * now: with the arenas in force, which in fog alone tell on which rung the two are.
 */
export function rungTold(told: Round, now: Now, pair: readonly [Seat, Seat]): string | null {
  const { before, round, nameOf } = told;
  const was = rivalry(rivalries(scenarioNow(before), before.standing, before.history.at(-1)), pair);
  const is = rivalry(rivalries(now, round.standing, round), pair);
  if (!was?.rung || !is?.rung || was.rung === is.rung) return null;
  const isFog = is.tension === null;
  const words = {
    a: nameOf(pair[0]),
    b: nameOf(pair[1]),
    before: rungWords(was, !isFog),
    after: rungWords(is, !isFog),
  };
  // the price of a crisis tells whether both pressed, also in fog
  const ofBrink = brinkReason(was, is);
  const isUp = RUNGS.indexOf(is.rung) > RUNGS.indexOf(was.rung);
  const reasons = ofBrink ?? tensionReasons(told, pair, isUp);
  if (reasons === null) return t("rung.told.hidden", words);
  return t(isFog && ofBrink === null ? "rung.told.fog" : "rung.told", { ...words, reasons });
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
