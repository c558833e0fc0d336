/** What is read aloud of an event: one sentence, or nothing. */
import { list, signed, t } from "../i18n/index.svelte.ts";
import { scenarioNow } from "../rules/in-force.ts";
import { resultIn } from "../rules/series.ts";
import type {
  ForecastSaved,
  GameEvent,
  MessageSaid,
  OrderSaved,
  PhaseOpened,
  Position,
  ReadySet,
  RoundResolved,
  Scenario,
  Seat,
} from "../wire/types.ts";
import { commandWords } from "./command-words.ts";
import { moveWords } from "./move-words.ts";
import { messageWords } from "./sentence-words.ts";
import { linesFor, type Ear } from "./story.ts";
import { arenaTitle, calledBy, deedPast, seatNames, type NameOf } from "./words.ts";

export const ONLOOKER: Ear = { seat: null, person: null, name: null };

/** after: the position once the event has happened. log: all that this listener was shown, up to it. */
export function spokenOf(
  event: GameEvent,
  after: Position,
  ear: Ear,
  log: readonly GameEvent[],
): string | null {
  const mine = ear.seat;
  const nameOf = seatNames(after.scenario);
  switch (event.type) {
    case "ready_set":
      return ready(event, nameOf, mine);
    case "move_made": {
      const isSecond = after.rules_version >= 2;
      const what = moveWords(event.move, { arenas: after.arenas, nameOf, mine, isSecond });
      return event.seat === mine
        ? t("spoken.move", { move: t(`move.${event.move.kind}`), what })
        : null;
    }
    case "move_taken_back":
      return event.seat === mine ? t("spoken.move.back") : null;
    case "forecast_saved":
      return event.seat === mine ? noted(event, nameOf) : null;
    case "recommendation_given": {
      const arena = after.arenas.find(({ name }) => name === event.arena);
      if (event.seat !== mine || !arena) return null;
      return t("spoken.told", { deed: t(`card.deed.${event.action}`), arena: arenaTitle(arena) });
    }
    case "phase_opened":
      return opened(event, after, ear, log);
    case "round_resolved":
      return revealed(event, after, ear, log);
    case "message_said":
      return said(event, after, ear);
    case "match_paused":
      return t("spoken.paused");
    case "match_resumed":
      return t("spoken.resumed");
    case "deadline_moved":
      return t(`spoken.${event.reason}`);
    case "match_ended":
      return [t("spoken.ended"), ...linesFor(event, log, ear)].join(" ");
    case "facilitator_acted":
      return event.name === ear.name
        ? null
        : t("spoken.acted", { name: event.name, what: commandWords(event.command) });
    case "order_saved":
      return event.seat === mine ? locked(event, scenarioNow(after)) : null;
    default:
      return told(event, log, ear);
  }
}

function ready({ seat, is_ready }: ReadySet, nameOf: NameOf, mine: Seat | null): string {
  if (seat === mine) return t(is_ready ? "spoken.ready.mine" : "spoken.ready.mine.not");
  return t(is_ready ? "spoken.ready" : "spoken.ready.not", { name: nameOf(seat) });
}

function noted({ actions }: ForecastSaved, nameOf: NameOf): string {
  const deeds = Object.entries(actions).map(([seat, action]) =>
    t("spoken.forecast.one", { name: nameOf(seat), deed: t(`deed.${action}`) }),
  );
  return deeds.length === 0
    ? t("spoken.forecast.none")
    : t("spoken.forecast", { deeds: list(deeds) });
}

/** What the log of talk says of it too. */
function told(event: GameEvent, log: readonly GameEvent[], ear: Ear): string | null {
  const lines = linesFor(event, log, ear);
  return lines.length > 0 ? lines.join(" ") : null;
}

/** The phase that begins; the reveal is told with its round. */
function opened(
  event: PhaseOpened,
  after: Position,
  ear: Ear,
  log: readonly GameEvent[],
): string | null {
  if (event.phase === "reveal") return told(event, log, ear);
  const isSilent = event.phase === "negotiation" && after.scenario.press === "none";
  const name = t(isSilent ? "phase.preparation" : `phase.${event.phase}`);
  const phase =
    event.round === 0
      ? t("spoken.briefing")
      : t("spoken.phase", { round: event.round, phase: name });
  return [phase, ...linesFor(event, log, ear)].join(" ");
}

function revealed(
  event: RoundResolved,
  after: Position,
  ear: Ear,
  log: readonly GameEvent[],
): string {
  const mine = ear.seat;
  const scenario = scenarioNow(after);
  const called = calledBy(seatNames(scenario), mine);
  const arenas = scenario.arenas
    .map((arena) => {
      const result = resultIn(event, arena.name);
      const deeds = arena.members.flatMap((seat) => {
        const action = result?.actions[seat];
        if (!action) return [];
        const deed = deedPast(action, result.sources[seat]);
        return [t("spoken.deed", { name: called(seat), deed })];
      });
      return t("spoken.arena", { arena: arenaTitle(arena), deeds: list(deeds) });
    })
    .join(" ");
  const words = {
    round: event.round,
    arenas: [arenas, ...linesFor(event, log, ear)].join(" "),
  };
  if (mine === null) return t("spoken.revealed.watch", words);
  return t("spoken.revealed", { ...words, points: signed(event.gains[mine] ?? 0) });
}

/** Of one's own words only that they have arrived; a mate of the same seat is somebody else. */
function said(message: MessageSaid, { scenario, arenas }: Position, ear: Ear): string {
  const { sender, room, act, speaker } = message;
  const nameOf = seatNames(scenario);
  const text = messageWords(message, nameOf, arenas);
  const where = roomSpoken(room, sender, nameOf, ear.seat);
  if (sender !== null && sender === ear.seat) {
    if (speaker === null || speaker === ear.name) return t("spoken.said");
    return t("spoken.message.mate", { name: speaker, room: where, text });
  }
  const name = sender === null ? t("talk.facilitator") : nameOf(sender);
  if (act === null) return t("spoken.message", { name, room: where, text });
  return t("spoken.message.act", { name, room: where, act: t(`act.${act}.did`), text });
}

function roomSpoken(
  room: readonly Seat[],
  sender: Seat | null,
  nameOf: NameOf,
  mine: Seat | null,
): string {
  if (room.length === 0) return t("talk.public");
  if (room.length === 1 && room[0] === sender) return t("spoken.control");
  const others = room.filter((seat) => seat !== mine);
  return others.length === 0 || (others.length === 1 && others[0] === sender)
    ? t("spoken.you.alone")
    : list(others.map(nameOf));
}

/** What stands now; another hand than the seat's own is named. */
function locked({ actions, sources, ready_in }: OrderSaved, scenario: Scenario): string {
  const stands = scenario.arenas
    .flatMap((arena) => {
      const action = actions[arena.name];
      return action
        ? [t("spoken.locked", { arena: arenaTitle(arena), deed: t(`deed.${action}`) })]
        : [];
    })
    .join(" ");
  const isFacilitators = Object.values(sources).includes("facilitator");
  if (isFacilitators) return t("spoken.order.for", { locked: stands });
  return ready_in ? `${stands} ${t("spoken.ready.mine")}` : stands;
}
