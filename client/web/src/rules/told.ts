/** What happened to whoever looks: a move, a lost seat, the pen, a change of the delegation, an undo,
 * a refusal, news and what the facilitator said.
 *
 * A fold over a log and not over what was heard: whoever was away when it happened is told too.
 */
import type { GameEvent, Inject, MessageSaid, Phase, Seat, You } from "../wire/types.ts";

export type Told =
  | { is: "undone"; round: number; phase: Phase }
  | { is: "moved"; seat: Seat }
  | { is: "pen"; seat: Seat; name: string; isMine: boolean }
  | { is: "joined" | "left"; name: string }
  | { is: "declined"; seat: Seat }
  | { is: "freed" | "replaced"; seat: Seat }
  | { is: "news"; name: string; title: string; round: number }
  | { is: "said"; message: MessageSaid; round: number };

/** at: the place in the log, which tells one from another. */
export type ToldAt = Told & { at: number };

/** What tells one from another for as long as somebody looks, also after the log was cut by an undo. */
export function toldKey(log: readonly GameEvent[], { at }: ToldAt): string {
  return `${at} ${log[at]?.at_ms}`;
}

/** Of what was said to all, so many lines stand at once. */
const MOST_SAID = 2;

/** What happened to somebody in the round that is played. Nothing of the lobby is told.
 *
 * News and words of the facilitator are told to players, through the next round too: what is said at
 * the end of a round would be gone at once.
 */
export function toldOf(
  log: readonly GameEvent[],
  you: Pick<You, "person"> & Partial<Pick<You, "role">>,
): ToldAt[] {
  const names = new Map<string, string>();
  const proposers = new Map<number, Seat>();
  let told: ToldAt[] = [];
  let mine: Seat | null = null;
  let last: Seat | null = null;
  /** When I lost my seat: whoever sits elsewhere in the same moment was moved. */
  let leftMs: number | null = null;
  let now: { round: number; phase: Phase } | null = null;

  const isForAll = (one: ToldAt) => one.is === "news" || one.is === "said";

  function leave(is: "freed" | "replaced", seat: Seat, at_ms: number, at: number) {
    mine = null;
    leftMs = at_ms;
    if (now !== null) told = [...told, { is, seat, at }];
  }

  function hear(one: ToldAt) {
    const said = told.filter(({ is }) => is === "said");
    const old = one.is === "said" ? said.slice(0, Math.max(0, said.length + 1 - MOST_SAID)) : [];
    told = [...told.filter((each) => !old.includes(each)), one];
  }

  /** I sit in a seat; if I come from another one, what happened there concerns me no more. */
  function sit(seat: Seat, at_ms: number, at: number) {
    const kept = told.filter((one) => one.is === "undone" || isForAll(one));
    if (now !== null && last !== null && last !== seat)
      told = leftMs === at_ms ? [...kept, { is: "moved", seat, at }] : kept;
    else told = told.filter(({ is }) => is !== "freed" && is !== "replaced");
    mine = last = seat;
  }

  log.forEach((event, at) => {
    switch (event.type) {
      case "phase_opened":
        if (now?.round !== event.round)
          told = told.filter(
            (one) => (one.is === "news" || one.is === "said") && event.round - one.round <= 1,
          );
        now = { round: event.round, phase: event.phase };
        break;
      case "branched":
        // A model takes nothing back: what it is is said at its table.
        if ((event.model_from ?? null) !== null) told = [];
        else if (now !== null) told = [{ is: "undone", ...now, at }];
        break;
      case "seat_taken":
      case "delegate_joined":
        names.set(event.person, event.name);
        if (event.person === you.person) sit(event.seat, event.at_ms, at);
        else if (event.seat === mine && now !== null)
          told = [...told, { is: "joined", name: event.name, at }];
        break;
      case "delegate_left":
        if (event.seat !== mine) break;
        if (event.person === you.person) [mine, leftMs] = [null, event.at_ms];
        else told = [...told, { is: "left", name: names.get(event.person) ?? "", at }];
        break;
      case "seat_vacated":
      case "bot_seated":
        if (event.seat === mine)
          leave(event.type === "bot_seated" ? "replaced" : "freed", event.seat, event.at_ms, at);
        break;
      case "proposal_made":
        proposers.set(event.number, event.proposer);
        break;
      case "proposal_answered":
        // What others answer each other stands in the log of the talk.
        if (event.accepts || event.seat === mine || proposers.get(event.number) !== mine) break;
        told = [...told, { is: "declined", seat: event.seat, at }];
        break;
      case "inject_opened":
        if (you.role !== "player" || now === null) break;
        hear({ is: "news", ...titled(event.inject), round: now.round, at });
        break;
      case "inject_closed":
        told = told.filter((one) => one.is !== "news" || one.name !== event.inject);
        break;
      case "message_said": {
        if (event.sender !== null || you.role !== "player" || now === null) break;
        const isToMe = event.room.length === 0 || (mine !== null && event.room.includes(mine));
        if (isToMe) hear({ is: "said", message: event, round: now.round, at });
        break;
      }
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

const titled = ({ name, title }: Inject) => ({ name, title });

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
