/** Incidents of a round as sentences. */
import { t, type Key } from "../i18n/index.svelte.ts";
import type { Concept, Incident } from "../wire/types.ts";
import type { NameOf } from "../words/words.ts";

const NEW: readonly Concept[] = ["entrapment", "abandonment", "brink"];

/** isSecond: by rules 2, which know entrapment and abandonment between allies alone, and whose
 * brink costs more. */
export function incidentWords(
  { concept, seats }: Pick<Incident, "concept" | "seats">,
  nameOf: NameOf,
  isSecond: boolean,
): string {
  const [seat = "", other = "", outsider = ""] = seats.map(nameOf);
  const key = `incident.${concept}.${isSecond && NEW.includes(concept) ? "ally" : "about"}`;
  return t(key as Key, { seat, other, outsider });
}
