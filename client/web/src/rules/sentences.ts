/** Sentences of the catalogue that a player may say, and what each is about. Pure. */
import type { Arguments, Position, Seat, Sentence } from "../wire/types.ts";
import type { Room } from "./rooms.ts";

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

/** Sentences that people choose from. */
export const SENTENCES = (Object.keys(TAKES) as Sentence[]).filter(
  (sentence): sentence is Exclude<Sentence, OfPact> => !TAKES[sentence].includes("binding"),
);

/** Sentences about a round that was played. */
const LOOKS_BACK: ReadonlySet<Sentence> = new Set(["accuse", "thank", "explain"]);

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
  const played = position.history.at(-1)?.round ?? 1;
  const round = LOOKS_BACK.has(sentence) ? played : Math.max(position.round, 1);
  return { seat, arena: arena.name, action: "C", round, number: 1 };
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
