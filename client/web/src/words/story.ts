/** What happened at the table, line by line: what the log of talk shows, and what is read aloud.
 *
 * A fold over a log, or over what one viewer may see of it. There is one source for the eye and for the
 * ear, so that nothing is said that cannot be read.
 */
import { list, t, translated, type Key } from "../i18n/index.svelte.ts";
import { ledgerOf, type LedgerRow } from "../rules/ledger.ts";
import type {
  Arena,
  GameEvent,
  Inject,
  MatchCreated,
  OpenedMove,
  Pact,
  PactTerms,
  ProposalAnswered,
  ProposalMade,
  RoundResolved,
  Seat,
  You,
} from "../wire/types.ts";
import { moveWords } from "./move-words.ts";
import { arenaTitle, calledBy, listCalled, seatNames, type NameOf } from "./words.ts";

/** Who listens: a seat, if any, and which of its people. */
export type Ear = Pick<You, "seat" | "person" | "name">;

export type Line = {
  /** What it tells of. */
  event: GameEvent;
  round: number;
  text: string;
  /** Whom it is between; null where it concerns the whole table. */
  parties: readonly Seat[] | null;
};

/** What a log says of negotiation, and of who sits at the table; nothing from before the match began. */
export function storyOf(log: readonly GameEvent[], ear: Ear): Line[] {
  const begun = log.findIndex(({ type }) => type === "phase_opened");
  return begun < 0 ? [] : tell(log, ear, begun);
}

/** The lines of one event of a log. */
export function linesFor(event: GameEvent, log: readonly GameEvent[], ear: Ear): string[] {
  return tell(log, ear)
    .filter((line) => line.event === event)
    .map(({ text }) => text);
}

function tell(log: readonly GameEvent[], ear: Ear, from = 0): Line[] {
  const [first] = log;
  if (first?.type !== "match_created") return [];
  const story = new Story(first, ear, log);
  return log.flatMap((event, at) => {
    const lines = story.lines(event);
    return at < from ? [] : lines;
  });
}

/** A sentence, and whom it is between if not the whole table. */
type Told = [text: string, parties?: readonly Seat[]];

class Story {
  readonly #mine: Seat | null;
  readonly #ear: Ear;
  readonly #nameOf: NameOf;
  readonly #isSecond: boolean;
  readonly #log: readonly GameEvent[];
  readonly #arenas = new Map<string, Arena>();
  readonly #people = new Map<string, string>();
  readonly #made = new Map<number, ProposalMade>();
  readonly #injects = new Map<string, Inject>();
  #open: readonly ProposalMade[] = [];
  /** Proposals that take the place of others: whoever made one was told so with the end of the other. */
  readonly #counters = new Set<number>();
  #pacts: readonly Pact[];
  #rows: readonly LedgerRow[] | null = null;
  #round = 0;

  constructor({ scenario, rules_version }: MatchCreated, ear: Ear, log: readonly GameEvent[]) {
    this.#mine = ear.seat;
    this.#ear = ear;
    this.#log = log;
    this.#nameOf = seatNames(scenario);
    this.#isSecond = rules_version >= 2;
    this.#pacts = scenario.pacts;
    for (const arena of scenario.arenas) this.#arenas.set(arena.name, arena);
  }

  /** Hear what happened next. */
  lines(event: GameEvent): Line[] {
    const told = this.#told(event);
    return told.map(([text, parties = null]) => ({ event, round: this.#round, text, parties }));
  }

  #told(event: GameEvent): Told[] {
    const nameOf = this.#nameOf;
    switch (event.type) {
      case "arena_opened":
      case "arena_changed":
        this.#arenas.set(event.arena.name, event.arena);
        return [];
      case "seat_taken":
        this.#people.set(event.person, event.name);
        if (event.seat === this.#mine)
          return [[t("spoken.seat.yours", { seat: nameOf(event.seat) })]];
        return [[`${t("event.seat_taken", { name: event.name, seat: nameOf(event.seat) })}.`]];
      case "bot_seated":
      case "seat_vacated":
        return [[`${t(`event.${event.type}`, { seat: nameOf(event.seat) })}.`]];
      case "delegate_joined":
        this.#people.set(event.person, event.name);
        return [[t("spoken.delegate_joined", { name: event.name, seat: nameOf(event.seat) })]];
      case "pen_passed":
        return [[this.#penPassed(event.seat, event.person)]];
      case "autopilot_engaged": {
        const why = event.reason === "facilitator" ? "facilitator" : "absent";
        return [[t(`spoken.autopilot.${why}`, { seat: nameOf(event.seat) })]];
      }
      case "autopilot_released":
        return [[t("spoken.autopilot.released", { seat: nameOf(event.seat) })]];
      case "branched":
        return (event.model_from ?? null) === null
          ? [[t("spoken.branched")]]
          : [[t("model.mark", { round: event.model_from! })]];
      case "inject_opened": {
        const { name, title, text } = event.inject;
        this.#injects.set(name, event.inject);
        const words = { title: translated(title) ?? title, text: translated(text) ?? text };
        return [[t("spoken.inject", words)]];
      }
      case "inject_closed": {
        const title = this.#injects.get(event.inject)?.title;
        return title ? [[t("spoken.inject.closed", { title: translated(title) ?? title })]] : [];
      }
      case "proposal_made":
        this.#made.set(event.number, event);
        this.#open = [...this.#open, event];
        if (event.proposer === this.#mine && this.#counters.has(event.number)) return [];
        return this.#between(event.terms.parties, this.#proposed(event));
      case "proposal_countered":
        this.#counters.add(event.counter);
        this.#end(event.number);
        return this.#between(event.parties, this.#countered(event.seat, event.number));
      case "proposal_answered":
        if (!event.accepts) this.#end(event.number);
        return this.#between(event.parties, this.#answered(event));
      case "pact_concluded": {
        const { number, terms } = event.pact;
        this.#end(number);
        this.#pacts = [...this.#pacts, event.pact];
        const words = t("spoken.concluded", { names: this.#list(terms.parties) });
        return this.#between(terms.parties, `${words} ${this.#terms(terms)}`);
      }
      case "phase_opened": {
        const isNext = event.round !== this.#round;
        this.#round = event.round;
        return isNext ? this.#lapsed() : [];
      }
      case "match_ended":
        return this.#lapsed();
      case "round_resolved":
        return this.#resolved(event);
      default:
        return [];
    }
  }

  #between(parties: readonly Seat[], text: string): Told[] {
    return [[text, parties]];
  }

  #end(number: number): void {
    this.#open = this.#open.filter((each) => each.number !== number);
  }

  /** What was proposed and not concluded is gone with its round. */
  #lapsed(): Told[] {
    const gone = this.#open;
    this.#open = [];
    return gone.map(({ proposer, terms }) => {
      const isMine = proposer === this.#mine;
      const text = t(isMine ? "spoken.lapsed.mine" : "spoken.lapsed", {
        name: this.#nameOf(proposer),
      });
      return [text, terms.parties];
    });
  }

  #proposed({ proposer, terms }: ProposalMade): string {
    if (proposer === this.#mine) return `${t("spoken.proposed.mine")} ${this.#terms(terms)}`;
    const isForMe = this.#mine !== null && terms.parties.includes(this.#mine);
    const words = { name: this.#nameOf(proposer) };
    return `${t(isForMe ? "spoken.proposed" : "spoken.proposed.all", words)} ${this.#terms(terms)}`;
  }

  /** How it binds, where and how long, as a sentence of its own. */
  #terms({ binding, pledges, rounds }: PactTerms): string {
    const named = [...new Set(pledges.map(({ arena }) => arena))];
    return t("spoken.terms", {
      binding: t(`binding.${binding}`),
      arenas: list(named.map((name) => this.#title(name))),
      count: rounds,
    });
  }

  #countered(seat: Seat, number: number): string {
    if (seat === this.#mine) return t("spoken.countered.mine");
    const isYours = this.#mine !== null && this.#made.get(number)?.proposer === this.#mine;
    return t(isYours ? "spoken.countered" : "spoken.countered.all", { name: this.#nameOf(seat) });
  }

  #answered({ number, seat, accepts }: ProposalAnswered): string {
    const { proposer, terms } = this.#made.get(number)!;
    const isMe = seat === this.#mine;
    const words = { name: this.#nameOf(seat) };
    if (accepts) return isMe ? t("spoken.agreed.mine") : t("spoken.agreed", words);
    if (seat === proposer) return isMe ? t("spoken.withdrawn.mine") : t("spoken.withdrawn", words);
    if (isMe) return t("spoken.declined.mine");
    const declined =
      proposer === this.#mine
        ? t("spoken.declined.yours", words)
        : t("spoken.declined", { ...words, proposer: this.#nameOf(proposer) });
    return `${declined} ${this.#terms(terms)}`; // there may be several of one proposer
  }

  /** What became of each pledge, which moves were made, and which pacts have run out. */
  #resolved(event: RoundResolved): Told[] {
    const rows = this.#ledger().filter(({ round }) => round === event.round);
    const gone = this.#pacts.filter(
      ({ number }) => !event.pacts.some((each) => each.number === number),
    );
    this.#pacts = event.pacts;
    return [
      ...rows.map((row): Told => [this.#judged(row)]),
      ...event.moves.map((move): Told => [this.#moved(move)]),
      ...gone.map(({ terms: { parties } }): Told => {
        return [t("spoken.pactOver", { names: this.#list(parties) }), parties];
      }),
    ];
  }

  #ledger(): readonly LedgerRow[] {
    this.#rows ??= ledgerOf(this.#log).stories.flatMap(({ rows }) => rows);
    return this.#rows;
  }

  /** A verdict is the engine's, also where fog showed the reader another choice. */
  #judged({ seat, arena, outcome, seen, done }: LedgerRow): string {
    const words = { name: this.#called(seat), arena: this.#title(arena) };
    const verdicts = { kept: "spoken.kept", broken: "spoken.breach", executed: "spoken.executed" };
    const verdict = t(verdicts[outcome] as Key, words);
    return seen === done
      ? verdict
      : `${verdict} ${t("ledger.misread", { deed: t(`deed.${seen}`) })}`;
  }

  #moved({ seat, move }: OpenedMove): string {
    const names = {
      arenas: [...this.#arenas.values()],
      nameOf: this.#nameOf,
      mine: this.#mine,
      isSecond: this.#isSecond,
    };
    return t("spoken.moved", {
      name: this.#called(seat),
      move: t(`move.${move.kind}`),
      what: moveWords(move, names),
    });
  }

  /** To those of the seat it says what follows from it. */
  #penPassed(seat: Seat, person: string): string {
    const words = { name: this.#people.get(person) ?? "", seat: this.#nameOf(seat) };
    if (seat !== this.#mine) return t("spoken.pen_passed", words);
    return person === this.#ear.person
      ? t("pen.mine.now", { seat: words.seat })
      : t("pen.gone", words);
  }

  #called(seat: Seat): string {
    return calledBy(this.#nameOf, this.#mine)(seat);
  }

  #list(seats: readonly Seat[]): string {
    return listCalled(seats, this.#nameOf, this.#mine);
  }

  #title(name: string): string {
    const arena = this.#arenas.get(name);
    return arena ? arenaTitle(arena) : name;
  }
}
