import { draftIn, draftOf, firstDraft, type Draft } from "../rules/pact-draft.ts";
import type { PactTerms, Proposal } from "../wire/types.ts";
import { reason } from "../ui/reasons.ts";
import type { Table } from "../words/table.ts";

/** Where pacts are written and proposals answered, from whatever part of the table. */
export class Desk {
  readonly #table: () => Table;
  /** The proposal whose answer is on its way, and why the last one was not taken. */
  answering = $state<number | null>(null);
  refused = $state("");
  /** What is written, and what it begins with. */
  isWriting = $state(false);
  start = $state.raw<Draft | null>(null);
  /** The proposal whose place the one being written is to take. */
  replaced = $state.raw<Proposal | null>(null);
  isSending = $state(false);
  refusal = $state("");

  constructor(table: () => Table) {
    this.#table = table;
  }

  /** Somebody else's proposal, which what is written answers. */
  get answered(): Proposal | null {
    return this.replaced !== null && !this.#isMine(this.replaced) ? this.replaced : null;
  }

  /** Begin to write a pact: about an arena, or about the one that matters most. */
  compose(arena: string | null = null) {
    const { position, you, reach } = this.#table();
    const { seat } = you;
    if (seat === null || !reach.bargaining) return;
    const found = position.arenas.find(
      ({ name, members }) => name === arena && members.includes(seat),
    );
    const roundsLeft = Math.max(position.scenario.rounds - position.round + 1, 1);
    this.#write(found ? draftIn(found, seat, roundsLeft) : firstDraft(position, seat), null);
  }

  /** Begin to write terms that take the place of a proposal. */
  counter(proposal: Proposal) {
    this.#write(draftOf(proposal.terms), proposal);
  }

  /** Accept a proposal, or end it. */
  async answer(number: number, accepts: boolean) {
    this.answering = number;
    this.refused = "";
    const given = await this.#answer(number, accepts);
    this.answering = null;
    if (!given.ok) this.refused = reason(given.code, given.message);
  }

  async propose(terms: PactTerms) {
    const written = this.start;
    this.isSending = true;
    const given = await this.#put(terms);
    this.isSending = false;
    if (this.start !== written) return; // something else is written by now
    if (given.ok) this.isWriting = false;
    else this.refusal = reason(given.code, given.message);
  }

  #write(draft: Draft, proposal: Proposal | null) {
    this.start = draft;
    this.replaced = proposal;
    this.refusal = "";
    this.isWriting = true;
  }

  #answer(number: number, accepts: boolean) {
    const { session, position } = this.#table();
    return session.send({ type: "answer_proposal", round: position.round, number, accepts });
  }

  /** Someone else's proposal is countered in one step; my own goes before its new terms come. */
  async #put(terms: PactTerms) {
    const { session, position } = this.#table();
    const { round } = position;
    if (this.answered !== null) {
      return session.send({ type: "counter_proposal", round, number: this.answered.number, terms });
    }
    const mine = this.replaced;
    if (mine !== null && position.proposals.some(({ number }) => number === mine.number)) {
      const gone = await this.#answer(mine.number, false);
      if (!gone.ok) return gone;
    }
    return session.send({ type: "propose", round, terms });
  }

  #isMine({ accepted }: Proposal): boolean {
    return accepted[0] === this.#table().you.seat;
  }
}
