/** What was checked of a record from a file, in words: never more than was. */
import { list, t } from "../i18n/index.svelte.ts";
import type { OpenedRecord } from "./record.ts";

export type Seal = { tone: "bad" | undefined; words: string };

export function sealWords({ broken, changes, isNotation }: OpenedRecord): Seal {
  if (isNotation) return { tone: undefined, words: t("replay.notation.unchecked") };
  if (broken) return { tone: "bad", words: t("replay.changed", { line: broken }) };
  const checked = t(broken === 0 ? "replay.intact" : "replay.unchecked");
  if (changes.length === 0) return { tone: undefined, words: checked };
  const what = list(changes.map((each) => t(`replay.transit.${each}`)));
  return { tone: undefined, words: `${checked} ${t("replay.transit", { what })}` };
}
