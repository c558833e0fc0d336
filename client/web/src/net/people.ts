/** What people are called in the reader's language, where their names stand beside the events. */
import { t } from "../i18n/index.svelte.ts";
import { areNamesBeside, named, type Names } from "../rules/people.ts";
import type { GameEvent, PersonId } from "../wire/types.ts";

const NUMBERED = /^[a-z]([1-9][0-9]*)$/;

/** What a person is called; by the number alone, if nobody knows the name any more. */
function called(person: PersonId, names: Names): string {
  if (Object.hasOwn(names, person)) return names[person]!;
  const number = NUMBERED.exec(person)?.[1];
  return number === undefined
    ? t("person.unknown")
    : t("person.number", { number: Number(number) });
}

/** Put names into events, once. first: of their log, which tells whether they need any. */
export function withNames(
  events: readonly GameEvent[],
  names: Names,
  first: GameEvent | undefined = events[0],
): readonly GameEvent[] {
  if (!areNamesBeside(first)) return events;
  return events.map((event) => named(event, (person) => called(person, names)));
}
