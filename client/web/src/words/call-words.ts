/** Allies' calls as sentences: who calls on whom, what to answer or refuse brings, what came of it. */
import { n, t, type Key } from "../i18n/index.svelte.ts";
import { asShown } from "../i18n/format.ts";
import { answersTo, type Call } from "../rules/calls.ts";
import { resultIn } from "../rules/series.ts";
import type { RoundResolved, Seat } from "../wire/types.ts";
import { calledBy, type NameOf } from "./words.ts";

/** "Japan calls on the United States, its ally, in its crisis with China." */
export function callWords(call: Call, mine: Seat | null, nameOf: NameOf): string {
  const names = namesIn(call, nameOf);
  if (call.called === mine) return t("call.mine", names);
  return t(call.caller === mine ? "call.caller" : "call.all", names);
}

/** What the two of a call are told before they choose; nothing for anybody else. */
export function priceWords(call: Call, mine: Seat | null, nameOf: NameOf): string[] {
  const { C, D } = answersTo(call);
  const names = namesIn(call, nameOf);
  if (call.called === mine)
    return [
      t("call.price", { ...names, answered: n(C.called), refused: n(D.called) }),
      t("call.harm", { ...names, ...harmOf(C.caller - D.caller) }),
    ];
  if (call.caller !== mine) return [];
  return [t("call.risk", { ...names, answered: n(C.caller), refused: n(D.caller) })];
}

/** How a call was answered in a round, and what that paid in place of the other answer. */
export function answerWords(
  call: Call,
  round: RoundResolved,
  mine: Seat | null,
  nameOf: NameOf,
): string | null {
  const actions = resultIn(round, call.arena.name)?.actions;
  const done = actions?.[call.called];
  if (actions === undefined || done === undefined) return null;
  const answers = answersTo(call, actions);
  const other = answers[done === "C" ? "D" : "C"];
  const words = {
    ...namesIn(call, nameOf),
    points: n(answers[done].called),
    other: n(other.called),
    theirs: n(answers[done].caller),
    theirsOther: n(other.caller),
  };
  const key = done === "C" ? "call.answered" : "call.refused";
  const whose = call.called === mine ? ".mine" : call.caller === mine ? ".caller" : "";
  const answer = t(`${key}${whose}` as Key, words);
  if (actions[call.caller] !== "D") return answer;
  const name = calledBy(nameOf, mine)(call.caller);
  return t("call.defected", { answer, name });
}

function harmOf(points: number) {
  return { harm: n(points), count: asShown(points) };
}

function namesIn({ caller, called, opponent }: Call, nameOf: NameOf) {
  return { caller: nameOf(caller), called: nameOf(called), opponent: nameOf(opponent) };
}
