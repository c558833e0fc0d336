/** What is read aloud of an event: one sentence, or nothing. */
import { list, signed, t } from "../i18n/index.svelte.ts";
import { scenarioNow } from "../rules/in-force.ts";
import type { GameEvent, MessageSaid, Position, RoundResolved, Scenario, Seat } from "../rules/types.ts";
import { arenaTitle, deedPast, seatNames, type NameOf } from "./words.ts";

/** after: the position once the event has happened. mine: the seat of who listens. */
export function spokenOf(event: GameEvent, after: Position, mine: Seat | null): string | null {
  switch (event.type) {
    case "phase_opened":
      if (event.phase === "reveal") return null;
      if (event.round === 0) return t("spoken.briefing");
      return t("spoken.phase", { round: event.round, phase: t(`phase.${event.phase}`) });
    case "round_resolved":
      return revealed(event, scenarioNow(after), mine);
    case "message_said":
      return said(event, seatNames(after.scenario), mine);
    case "delegate_joined":
      return t("spoken.delegate_joined", { name: event.name, seat: seatNames(after.scenario)(event.seat) });
    case "pen_passed":
      return penPassed(event.seat, after);
    case "autopilot_engaged":
      return t(event.reason === "facilitator" ? "spoken.autopilot.facilitator" : "spoken.autopilot.absent", {
        seat: seatNames(after.scenario)(event.seat),
      });
    case "autopilot_released":
      return t("spoken.autopilot.released", { seat: seatNames(after.scenario)(event.seat) });
    case "inject_opened":
      return t("spoken.inject", { title: event.inject.title, text: event.inject.text });
    case "inject_closed":
      return injectClosed(event.inject, after);
    case "branched":
      return t("spoken.branched");
    case "match_paused":
      return t("spoken.paused");
    case "match_resumed":
      return t("spoken.resumed");
    case "deadline_moved":
      return t(`spoken.${event.reason}`);
    case "match_ended":
      return t("spoken.ended");
    case "order_saved":
      return event.seat === mine ? locked(event.actions, scenarioNow(after)) : null;
    default:
      return null;
  }
}

function penPassed(seat: Seat, after: Position): string {
  const name = after.holders[seat]?.name ?? "";
  return t("spoken.pen_passed", { name, seat: seatNames(after.scenario)(seat) });
}

function injectClosed(name: string, after: Position): string | null {
  const closed = after.injects.find(({ inject }) => inject.name === name);
  return closed ? t("spoken.inject.closed", { title: closed.inject.title }) : null;
}

function revealed(event: RoundResolved, scenario: Scenario, mine: Seat | null): string {
  const nameOf = seatNames(scenario);
  const arenas = scenario.arenas
    .map((arena) => {
      const actions = event.results.find((result) => result.arena === arena.name)?.actions ?? {};
      const deeds = arena.members.flatMap((seat) => {
        const action = actions[seat];
        return action ? [`${nameOf(seat)} ${deedPast(action)}`] : [];
      });
      return t("spoken.arena", { arena: arenaTitle(arena), deeds: list(deeds) });
    })
    .join(" ");
  const broken = event.breaches.map(({ seat, arena }) => {
    const found = scenario.arenas.find(({ name }) => name === arena);
    return t("spoken.breach", { name: nameOf(seat), arena: found ? arenaTitle(found) : arena });
  });
  const words = { round: event.round, arenas: [arenas, ...broken].join(" ") };
  if (mine === null) return t("spoken.revealed.watch", words);
  return t("spoken.revealed", { ...words, points: signed(event.gains[mine] ?? 0) });
}

function said({ sender, room, text }: MessageSaid, nameOf: NameOf, mine: Seat | null): string | null {
  if (sender !== null && sender === mine) return null;
  const name = sender === null ? t("talk.facilitator") : nameOf(sender);
  const others = room.filter((seat) => seat !== mine);
  return t("spoken.message", {
    name,
    room: room.length === 0 ? t("talk.public") : list(others.map(nameOf)),
    text,
  });
}

function locked(actions: Readonly<Record<string, "C" | "D">>, scenario: Scenario): string {
  return scenario.arenas
    .flatMap((arena) => {
      const action = actions[arena.name];
      return action ? [t("spoken.locked", { arena: arenaTitle(arena), deed: t(`deed.${action}`) })] : [];
    })
    .join(" ");
}
