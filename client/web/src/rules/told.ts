/** What happened to whoever looks: a move, the pen, a change of the delegation, an undo, a refusal.
 *
 * A fold over a log and not over what was heard: whoever was away when it happened is told too.
 */
import type { GameEvent, Phase, Seat, You } from "../wire/types.ts";

export type Told =
  | { is: "undone"; round: number; phase: Phase }
  | { is: "moved"; seat: Seat }
  | { is: "pen"; seat: Seat; name: string; isMine: boolean }
  | { is: "joined" | "left"; name: string }
  | { is: "declined"; seat: Seat };

/** at: the place in the log, which tells one from another. */
export type ToldAt = Told & { at: number };

/** What happened to somebody in the round that is played. Nothing of the lobby is told. */
export function toldOf(log: readonly GameEvent[], you: Pick<You, "person">): ToldAt[] {
  const names = new Map<string, string>();
  const proposers = new Map<number, Seat>();
  let told: ToldAt[] = [];
  let mine: Seat | null = null;
  let last: Seat | null = null;
  let now: { round: number; phase: Phase } | null = null;

  /** I sit in a seat; if I come from another one, what happened there concerns me no more. */
  function sit(seat: Seat, at: number) {
    if (now !== null && last !== null && last !== seat)
      told = [...told.filter(({ is }) => is === "undone"), { is: "moved", seat, at }];
    mine = last = seat;
  }

  log.forEach((event, at) => {
    switch (event.type) {
      case "phase_opened":
        if (now?.round !== event.round) told = [];
        now = { round: event.round, phase: event.phase };
        break;
      case "branched":
        if (now !== null) told = [{ is: "undone", ...now, at }];
        break;
      case "seat_taken":
      case "delegate_joined":
        names.set(event.person, event.name);
        if (event.person === you.person) sit(event.seat, at);
        else if (event.seat === mine && now !== null)
          told = [...told, { is: "joined", name: event.name, at }];
        break;
      case "delegate_left":
        if (event.seat !== mine) break;
        if (event.person === you.person) mine = null;
        else told = [...told, { is: "left", name: names.get(event.person) ?? "", at }];
        break;
      case "seat_vacated":
      case "bot_seated":
        if (event.seat === mine) mine = null;
        break;
      case "proposal_made":
        proposers.set(event.number, event.proposer);
        break;
      case "proposal_answered":
        if (event.accepts || event.seat === mine || proposers.get(event.number) !== mine) break;
        told = [...told, { is: "declined", seat: event.seat, at }];
        break;
      case "pen_passed": {
        if (event.seat !== mine || now === null) break;
        const { seat, person } = event;
        const isMine = person === you.person;
        const others = told.filter(({ is }) => is !== "pen");
        told = [...others, { is: "pen", seat, name: names.get(person) ?? "", isMine, at }];
        break;
      }
      default:
    }
  });
  return told;
}

/** Whether somebody was seated after the briefing, and so has not read who they are. */
export function cameLate(log: readonly GameEvent[], person: string | null): boolean {
  const begun = log.findIndex(
    (event) => event.type === "phase_opened" && event.phase !== "briefing",
  );
  const seated = log.findLastIndex(
    (event) =>
      (event.type === "seat_taken" || event.type === "delegate_joined") && event.person === person,
  );
  return person !== null && begun >= 0 && seated > begun;
}
