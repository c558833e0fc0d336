/** What a facilitator is about to do: which dialog of the console is open, and about whom. */
import type { MatchCard, PersonCard } from "../wire/types.ts";

export class ConsoleTasks {
  isInviting = $state(false);
  isDealing = $state(false);
  isMore = $state(false);
  /** The matches that a dialog is about; null while none is open. */
  telling = $state.raw<readonly MatchCard[] | null>(null);
  injecting = $state.raw<readonly MatchCard[] | null>(null);
  /** As they stood when it was asked whether to end their decision. */
  skipping = $state.raw<readonly MatchCard[] | null>(null);
  ending = $state.raw<readonly MatchCard[] | null>(null);
  undoing = $state.raw<MatchCard | null>(null);
  /** The number of the match whose seats are shown: it stays, whatever branch it goes on in. */
  seatsOf = $state<number | null>(null);
  moving = $state.raw<PersonCard | null>(null);
  keyOf = $state.raw<PersonCard | null>(null);
  removing = $state.raw<PersonCard | null>(null);
}
