/** Names of people beside the events: those of rules 2 hold ids alone, so that a person can be forgotten.
 *
 * The twin of `game_rules/log/people.py`.
 */
import type { GameEvent, PersonId } from "../wire/types.ts";

export type Names = Readonly<Record<PersonId, string>>;

/** Whether the events of a log hold ids alone. */
export function areNamesBeside(first: GameEvent | undefined): boolean {
  return first?.type === "match_created" && first.rules_version > 1;
}

/** Whom an event is the first to name, if anybody. */
export function personOf(event: GameEvent): PersonId | null {
  switch (event.type) {
    case "seat_taken":
    case "delegate_joined":
    case "facilitator_acted":
      return event.person;
    default:
      return null;
  }
}

/** Put names into an event of rules 2. */
export function named(event: GameEvent, called: (person: PersonId) => string): GameEvent {
  switch (event.type) {
    case "seat_taken":
    case "delegate_joined":
    case "facilitator_acted":
      return { ...event, name: called(event.person) };
    case "message_said":
      return event.speaker === null ? event : { ...event, speaker: called(event.speaker) };
    default:
      return event;
  }
}
