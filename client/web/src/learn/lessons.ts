/** What the tutorial says at each step. Pure: it follows from the log alone. */
import type { Key } from "../i18n/index.svelte.ts";
import { ledgerOf } from "../rules/ledger.ts";
import type { Action, Corners, GameEvent, Position, RoundResolved, Seat } from "../wire/types.ts";

/** number: of the lesson, 0 after the last. lines: keys of sentences, to be read one by one. */
export type Lesson = { number: number; lines: readonly Key[] };

/** How many lessons there are, one a round. */
export const LESSONS = 5;

/** The lesson for one of the two seats. position: where the log ends. */
export function lessonAt(log: readonly GameEvent[], position: Position, mine: Seat): Lesson {
  const { phase, round } = position;
  if (phase === "debrief") return { number: 0, lines: ["learn.end.rule", "learn.end.next"] };
  const opened = position.history.at(-1);
  const isOver = phase === "reveal" && opened !== undefined;
  return { number: round, lines: isOver ? after(opened, log, mine) : before(position, mine) };
}

/** The figures that sentences name: what the game pays, and what temptation adds. */
export function figuresOf({ arenas }: Position): Record<keyof Corners | "more", number> {
  const game = arenas[0]!.game;
  const corners = game.type === "bimatrix" ? game.row : { T: 0, R: 0, P: 0, S: 0 };
  return { ...corners, more: corners.T - corners.R };
}

function before(position: Position, mine: Seat): readonly Key[] {
  switch (position.round) {
    case 1:
      return ["learn.1.secret", "learn.1.points", "learn.choose"];
    case 2:
      return ["learn.2.seen"];
    case 3:
      if (isOffered(position, mine)) return ["learn.3.offer", "learn.3.answer"];
      return [hasTreaty(position) ? "learn.3.signed" : "learn.3.none"];
    case 4:
      if (!hasTreaty(position)) return ["learn.4.tempted", "learn.4.answered"];
      return isBroken(position) ? ["learn.4.void"] : ["learn.4.breach", "learn.4.cost"];
    default:
      return ["learn.5.last", "learn.5.backwards"];
  }
}

function after(opened: RoundResolved, log: readonly GameEvent[], mine: Seat): readonly Key[] {
  const [me, other] = choices(opened, mine);
  switch (opened.round) {
    case 1:
      return [me === "C" ? "learn.1.CC" : "learn.1.DC"];
    case 2:
      return [`learn.2.${other}`, "learn.2.rule"];
    case 5:
      return [`learn.5.${me}`, "learn.5.future"];
    default:
      if (opened.breaches.some(({ seat }) => seat === mine)) return ["learn.broke"];
      if (me === other && hasKept(log, opened.round, mine))
        return [opened.round === 3 ? "learn.3.kept" : "learn.4.kept"];
      return [`learn.${me}${other}`];
  }
}

/** What I chose, and what the other did. */
function choices({ results }: RoundResolved, mine: Seat): readonly [Action, Action] {
  const { actions } = results[0]!;
  const theirs = Object.keys(actions).find((seat) => seat !== mine)!;
  return [actions[mine]!, actions[theirs]!];
}

function hasKept(log: readonly GameEvent[], round: number, mine: Seat): boolean {
  const rows = ledgerOf(log).stories.flatMap((story) => story.rows);
  return rows.some((row) => row.round === round && row.seat === mine && row.outcome === "kept");
}

function isOffered({ proposals }: Position, mine: Seat): boolean {
  return proposals.some(({ accepted }) => !accepted.includes(mine));
}

function hasTreaty({ pacts, round }: Position): boolean {
  return pacts.some(({ last_round }) => last_round >= round);
}

function isBroken({ pacts }: Position): boolean {
  return pacts.some(({ breakers }) => breakers.length > 0);
}
