/** Sentences of the catalogue that a player may say, and what each is about. Pure. */
import type { Arena, Arguments, MessageSaid, Position, Seat, Sentence } from "../wire/types.ts";
import { isPlayedOut } from "./next-step.ts";
import { messagesIn, type Room } from "./rooms.ts";

export type Argument = Exclude<keyof Arguments, "voice">;

/** What each sentence takes, all of it and nothing else: the arguments that stand in its words. */
export const TAKES: Readonly<Record<Sentence, readonly Argument[]>> = {
  greet: ["seat"],
  ask: ["arena", "seat"],
  answer: ["arena", "round", "action"],
  promise: ["arena", "round", "action"],
  promise_if: ["arena", "seat"],
  offer: ["arena", "seat", "number"],
  threaten: ["arena", "seat"],
  assure: ["arena", "seat"],
  warn: ["arena", "seat", "round"],
  accuse: ["arena", "seat", "round"],
  thank: ["arena", "seat", "round"],
  explain: ["arena", "seat", "round", "action"],
  call: ["seat", "round"],
  refuse: ["arena", "seat"],
  farewell: ["seat"],
  propose: ["arena", "round", "binding"],
  accept: ["seat", "round", "binding"],
  decline: ["seat", "round", "binding"],
  counter: ["seat", "round", "binding"],
  react: ["arena", "round"],
  heard: ["seat"],
};

/** Sentences about a pact, which go with the answer to it. */
type OfPact = "propose" | "accept" | "decline" | "counter";

export type Chosen = Exclude<Sentence, OfPact>;

/** Sentences that people choose from. */
const SENTENCES = (Object.keys(TAKES) as Sentence[]).filter(
  (sentence): sentence is Chosen => !TAKES[sentence].includes("binding"),
);

/** Sentences about a round that was played. */
const LOOKS_BACK: ReadonlySet<Sentence> = new Set(["accuse", "thank", "explain"]);

/** Sentences that need no round to come. */
const AT_THE_END = SENTENCES.filter(isForTheEnd);

function isForTheEnd(sentence: Sentence): boolean {
  return LOOKS_BACK.has(sentence) || sentence === "farewell";
}

/** What can be said now: once no round follows, only what looks back, and a farewell. */
export function sentencesAt(position: Position): readonly Chosen[] {
  return isPlayedOut(position) ? AT_THE_END : SENTENCES;
}

export type Draft = Readonly<
  Required<{ [name in Exclude<Argument, "binding">]: NonNullable<Arguments[name]> }>
>;

/** What is filled in at first: somebody in the room, an arena shared with them, the round at hand. */
export function firstDraft(
  position: Position,
  mine: Seat,
  room: Room,
  sentence: Sentence,
): Draft | null {
  const seat = room.seats.find((each) => each !== mine) ?? othersOf(position, mine)[0];
  if (seat === undefined) return null;
  const own = position.arenas.filter(({ members }) => members.includes(mine));
  const arena = own.find(({ members }) => members.includes(seat)) ?? own[0] ?? position.arenas[0];
  if (arena === undefined) return null;
  return { seat, arena: arena.name, action: "C", round: roundOf(position, sentence), number: 1 };
}

/** The round at hand; of a sentence that looks back the last that was played. */
function roundOf({ history, round }: Position, sentence: Sentence): number {
  return LOOKS_BACK.has(sentence) ? (history.at(-1)?.round ?? 1) : Math.max(round, 1);
}

/** A sentence that fits the moment, ready to be said. */
export type Suggestion = Readonly<{ sentence: Sentence; arguments: Arguments }>;

const MOST_SUGGESTED = 6;
/** What opens a bargain about the round at hand. */
const OPENERS = ["promise_if", "ask", "promise", "threaten", "assure"] as const;

/** What may be most useful to say in a room now, most useful first; nothing that I have said this round.
 *
 * An answer to the seat that asked me, then what the last round calls for, then what opens a bargain.
 */
export function suggested(position: Position, mine: Seat, room: Room): Suggestion[] {
  const said = position.messages.filter(
    (message) => message.sender === mine && message.round === position.round,
  );
  const all = [...answers(position, mine, room), ...lookingBack(position, mine, room)];
  for (const { arena, seat } of topics(position, mine, room))
    for (const sentence of [...OPENERS, "farewell"] as const)
      all.push(about(position, sentence, arena, seat));
  const isOver = isPlayedOut(position);
  return all
    .filter((one, i) => all.findIndex((other) => isAlike(one, other)) === i)
    .filter(({ sentence }) => (isOver ? isForTheEnd(sentence) : sentence !== "farewell"))
    .filter((one) => !said.some((message) => isAlike(one, message)))
    .slice(0, MOST_SUGGESTED);
}

/** What I was asked in this room and have not answered since. */
function answers(position: Position, mine: Seat, room: Room): Suggestion[] {
  const heard = messagesIn(position.messages, room).filter(({ round }) => round === position.round);
  const last = heard.findLastIndex(({ sender }) => sender === mine);
  const asked = heard
    .slice(last + 1)
    .find(({ sentence, arguments: given }) => sentence === "ask" && given?.seat === mine);
  const arena = position.arenas.find(({ name }) => name === asked?.arguments?.arena);
  if (arena === undefined) return [];
  const { round } = position;
  return (["C", "D"] as const).map((action) => ({
    sentence: "answer",
    arguments: { arena: arena.name, round, action },
  }));
}

/** Whose word was broken last round, and who cooperated where I did. */
function lookingBack(position: Position, mine: Seat, room: Room): Suggestion[] {
  const last = position.history.at(-1);
  if (last === undefined) return [];
  const isHere = (seat: Seat) =>
    seat !== mine && (room.seats.length === 0 || room.seats.includes(seat));
  const known = (name: string) => position.arenas.find((arena) => arena.name === name);
  const accused = last.breaches.flatMap(({ seat, arena }) => {
    const place = known(arena);
    return place && isHere(seat) ? [about(position, "accuse", place, seat)] : [];
  });
  const thanked = last.results.flatMap(({ arena, actions }) => {
    const place = known(arena);
    const friend = Object.keys(actions).find((seat) => isHere(seat) && actions[seat] === "C");
    return place && friend && actions[mine] === "C"
      ? [about(position, "thank", place, friend)]
      : [];
  });
  return [...accused.slice(0, 1), ...thanked.slice(0, 1)];
}

/** Where I meet whom: with those of a private room, or with the weightiest member of each arena of mine. */
function topics(position: Position, mine: Seat, room: Room): { arena: Arena; seat: Seat }[] {
  return position.arenas.flatMap((arena) => {
    if (!arena.members.includes(mine)) return [];
    const others = arena.members.filter(
      (seat) => seat !== mine && (room.seats.length === 0 || room.seats.includes(seat)),
    );
    const [seat] = others.toSorted((a, b) => weight(arena, b) - weight(arena, a));
    return seat === undefined ? [] : [{ arena, seat }];
  });
}

function weight({ game, members }: Arena, seat: Seat): number {
  return game.type === "collective" ? (game.weights[members.indexOf(seat)] ?? 0) : 0;
}

function about(position: Position, sentence: Sentence, arena: Arena, seat: Seat): Suggestion {
  const draft: Draft = {
    seat,
    arena: arena.name,
    action: "C",
    round: roundOf(position, sentence),
    number: 1,
  };
  return { sentence, arguments: argumentsOf(sentence, draft) };
}

function isAlike(one: Suggestion, other: Pick<MessageSaid, "sentence" | "arguments">): boolean {
  const names = Object.keys(one.arguments) as Argument[];
  return (
    one.sentence === other.sentence &&
    names.every((name) => one.arguments[name] === other.arguments?.[name])
  );
}

/** The arguments that a sentence takes, out of all that is filled in. */
export function argumentsOf(sentence: Sentence, draft: Draft): Arguments {
  const named: Readonly<Arguments> = draft;
  return Object.fromEntries(TAKES[sentence].map((name) => [name, named[name]]));
}

/** Everybody else at the table. */
export function othersOf(position: Position, mine: Seat): Seat[] {
  return position.scenario.players.map(({ seat }) => seat).filter((seat) => seat !== mine);
}
