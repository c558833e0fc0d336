/** Incidents of a round as headlines and as sentences. */
import { isKey, t, type Key } from "../i18n/index.svelte.ts";
import type { Concept, Incident, Seat } from "../wire/types.ts";
import { calledBy, pairCalled, type NameOf } from "../words/words.ts";

type Named = Pick<Incident, "concept" | "seats">;

const NEW: readonly Concept[] = ["entrapment", "abandonment", "brink"];
/** Of two alike: the reader comes first. */
const OF_PAIRS: readonly Concept[] = ["crisis", "brink", "spiral"];

/** An incident in few words, as one of its seats reads it: "Crisis: you and Taiwan". */
export function incidentTitle(incident: Named, nameOf: NameOf, mine: Seat | null): string {
  return said(`headline.${incident.concept}`, incident, nameOf, mine);
}

/** isSecond: by rules 2, which know entrapment and abandonment between allies alone, and whose
 * brink costs more. */
export function incidentWords(
  incident: Named,
  nameOf: NameOf,
  mine: Seat | null,
  isSecond: boolean,
): string {
  const form = isSecond && NEW.includes(incident.concept) ? "ally" : "about";
  return said(`incident.${incident.concept}.${form}`, incident, nameOf, mine);
}

/** The form for its reader, where "you" in the place of a name would not do. */
function said(key: string, { concept, seats }: Named, nameOf: NameOf, mine: Seat | null): string {
  const [seat = "", other = "", outsider = ""] = seats;
  const called = calledBy(nameOf, mine);
  const own = seat === mine ? `${key}.mine` : other === mine ? `${key}.other` : key;
  const pair = OF_PAIRS.includes(concept)
    ? pairCalled([seat, other], nameOf, mine)
    : { a: called(seat), b: called(other) };
  return t((isKey(own) ? own : key) as Key, {
    seat: pair.a,
    other: pair.b,
    outsider: called(outsider),
  });
}
