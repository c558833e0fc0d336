/** What one person may do at the table now. Nothing is offered that the server would refuse. */
import type { Position, You } from "../wire/types.ts";

/** Who acts for my seat: I, another delegate of it, a program; nobody where I hold none. */
type Pen = { is: "mine" } | { is: "mate"; name: string } | { is: "program" } | { is: "none" };

export type Reach = {
  pen: Pen;
  isPaused: boolean;
  /** Choices, forecasts and moves. */
  ordering: boolean;
  /** Proposals and answers. */
  bargaining: boolean;
  ready: boolean;
  /** To hand the pen on, to ask for it, to play again in a program's place. */
  passing: boolean;
  asking: boolean;
  takingBack: boolean;
  /** To speak to everyone, in a room of some seats, to the facilitator alone. */
  talking: boolean;
  meeting: boolean;
  whispering: boolean;
};

/** What this person may do; the twin of what `decide` lets the person do. */
export function reachOf(position: Position, you: You): Reach {
  const { phase, scenario } = position;
  const pen = penOf(position, you);
  const isPaused = position.paused_at_ms !== null;
  const isElsewhere = position.superseded_by !== null;
  const isOver = phase === "debrief" || isElsewhere;
  const isOn = !isPaused && !isElsewhere;
  const isChoosing = phase === "negotiation" || phase === "decision";
  const isHost = you.role === "facilitator";
  const isSeated = pen.is !== "none";
  const holder = you.seat === null ? undefined : position.holders[you.seat];
  const press = phase === "debrief" ? "full" : scenario.press;
  const ordering = pen.is === "mine" && isChoosing && isOn;
  const mayTalk = isHost ? !isElsewhere : isSeated && isOn && press !== "none";
  return {
    pen,
    isPaused,
    ordering,
    bargaining: ordering && scenario.press !== "none",
    ready: pen.is === "mine" && isOn && phase !== "lobby" && phase !== "debrief",
    passing:
      !isOver && isSeated && holder?.person === you.person && (holder?.delegates ?? []).length > 0,
    asking: pen.is === "mate" && isOn && !isOver,
    takingBack: !isOver && isSeated && (holder?.autopilot ?? null) !== null,
    talking: mayTalk,
    meeting: mayTalk && (isHost || press === "full"),
    whispering: !isHost && isSeated && isOn,
  };
}

function penOf({ holders }: Position, { role, seat, person }: You): Pen {
  const holder = role === "player" && seat !== null ? holders[seat] : undefined;
  if (!holder) return { is: "none" };
  if (person !== null && holder.autopilot !== null) return { is: "program" };
  return person === null || holder.person === person
    ? { is: "mine" }
    : { is: "mate", name: holder.name };
}
