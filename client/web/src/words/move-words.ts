/** Moves and what they change, in words. */
import { isKey, list, n, percent, t } from "../i18n/index.svelte.ts";
import type {
  Arena,
  Change,
  ClassChange,
  Effect,
  Move,
  MoveKind,
  MoveOffer,
  Scenario,
  Seat,
} from "../wire/types.ts";
import { arenaTitle, calledBy, listCalled, type NameOf } from "./words.ts";

export type Names = {
  arenas: readonly Arena[];
  nameOf: NameOf;
  mine: Seat | null;
  /** Whether the match is played by rules 2, where seats of a move can mean something else. */
  isSecond?: boolean;
};

/** Where, and with whom: "in the Code of Conduct, inviting China". */
export function moveWords({ kind, arena, other_arena, seats }: Move, names: Names): string {
  const place = titleOf(arena, names);
  if (kind === "link")
    return t("move.where.link", { arena: place, other: titleOf(other_arena ?? "", names) });
  if (kind === "diversify" && seats.length > 0) {
    const words = { names: list(seats.map(names.nameOf)), arena: place };
    return t(names.isSecond ? "move.where.source" : "move.where.found", words);
  }
  if (kind === "exercise" && seats.length > 0)
    return t("move.where.invite", { arena: place, names: list(seats.map(names.nameOf)) });
  return t(kind === "diversify" ? "move.where.join" : "move.where", { arena: place });
}

/** What a kind of move is good for. */
export function aboutMove(kind: MoveKind, isSecond: boolean): string {
  const key = `move.${kind}.about.second`;
  return t(isSecond && isKey(key) ? key : `move.${kind}.about`);
}

/** rounds: of the match, beyond which nothing counts. */
export function spanWords(
  { first_round, last_round }: Pick<MoveOffer, "first_round" | "last_round">,
  rounds: number,
): string {
  if (last_round === null) return t("move.span.good", { first: first_round });
  const last = Math.min(last_round, rounds);
  if (last <= first_round) return t("pact.span.one", { first: first_round });
  return t("pact.span", { first: first_round, last });
}

/** "Temptation of China: 3 → 2". */
function changeWords({ figure, arena, seats, before, after }: Change, names: Names): string {
  const show = (value: number | null) =>
    value === null ? t("move.figure.none") : amount(figure, value);
  const who = listCalled(seats, names.nameOf, names.mine);
  const words = { who, arena: titleOf(arena, names), before: show(before), after: show(after) };
  if (figure === "value" && before === null) return t("move.figure.value.alone", words);
  return t(`move.figure.${figure}`, words);
}

/** What a move would change, a sentence each; what stays as it is now is none. */
export function offerWords({ move, changes, partners }: MoveOffer, names: Names): string[] {
  const seen = changes.filter(({ before, after }) => before !== after);
  const told = seen.map((change) => changeWords(change, names));
  const isLater = told.length === 0 && move.kind === "link";
  return [
    ...told,
    ...(isLater ? [t("move.link.later")] : []),
    ...(partners.length > 0
      ? [t("move.partners", { names: list(partners.map(names.nameOf)) })]
      : []),
  ];
}

export function classWords({ arena, seat, before, after }: ClassChange, names: Names): string {
  const who = calledBy(names.nameOf, names.mine)(seat);
  const game = t(`game.${after}`);
  const place = titleOf(arena, names);
  if (before === null) return t("move.class.new", { who, arena: place, game });
  return t("move.class", { who, arena: place, before: t(`game.${before}`), game });
}

/** What a move has left in force, as a card says it; rounds: of the match, beyond which nothing counts. */
export function effectWords(
  { kind, makers, last_round }: Effect,
  names: Names,
  rounds: number,
): string {
  const who = listCalled(makers, names.nameOf, names.mine);
  const move = t(`move.${kind}`);
  if (last_round === null) return t("move.effect.good", { move, who });
  return t("move.effect", { move, who, last: Math.min(last_round, rounds) });
}

/** Why a link leaves one of its arenas as it is: nobody there gains from the other, or nothing held in it,
 * whatever fog showed; empty where it counts, and for other moves.
 *
 * written: the scenario's arenas, by whose members and terms links count. seemed: what an arena yielded
 * last round, by what the reader knows of it.
 */
export function idleWords(
  effect: Effect,
  { name, members, changes = [] }: Arena,
  names: Names,
  written: readonly Arena[],
  seemed: (arena: string) => number,
): string {
  if (effect.kind !== "link" || names.isSecond !== true) return "";
  const other = (effect.arena === name ? effect.other_arena : effect.arena) ?? "";
  if (changes.some(({ cause, because }) => cause === "link" && because.includes(other))) return "";
  const hasGainers = gaining(written.find((each) => each.name === other)).some((seat) =>
    members.includes(seat),
  );
  const place = titleOf(other, names);
  if (!hasGainers) return t("move.effect.apart", { place });
  return t(seemed(other) > 0 ? "move.effect.idle.fog" : "move.effect.idle", { place });
}

/** Members whom cooperation in an arena brings anything. */
function gaining(arena: Arena | undefined): readonly Seat[] {
  if (arena?.game.type !== "collective") return [];
  const { terms } = arena.game;
  return arena.members.filter((_, member) => terms[member]!.b !== 0);
}

/** The points that a move costs; a mediator, who is asked in private, is free. */
export function costOf(
  { kind, seats }: Pick<Move, "kind" | "seats">,
  { moves }: Pick<Scenario, "moves">,
  isSecond: boolean,
): number {
  if (isSecond && kind === "diversify" && seats.length > 0) return moves.second_cost ?? 1;
  return kind === "mediation" ? 0 : moves[`${kind}_cost`];
}

/** Whether a scenario has moves at all. */
export function hasMoves({ moves }: Pick<Scenario, "moves">): boolean {
  return moves.allowed.length > 0;
}

function amount(figure: Change["figure"], value: number): string {
  const isShare =
    figure === "q" || figure === "tension" || figure === "weight" || figure === "institution";
  if (isShare) return percent(value);
  return n(value, { maximumFractionDigits: 2 });
}

function titleOf(name: string, { arenas }: Names): string {
  const arena = arenas.find((each) => each.name === name);
  return arena ? arenaTitle(arena) : t("move.founded");
}
