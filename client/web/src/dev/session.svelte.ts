/** A session without a server: answers after a moment, and never speaks for others. */
import { evolve, fold } from "../rules/evolve.ts";
import type { Command, GameEvent, Position, You } from "../wire/types.ts";

export class FakeSession {
  position = $state.raw<Position | null>(null);
  log = $state.raw<readonly GameEvent[]>([]);
  connection = $state.raw({ is: "online" } as const);
  you = $state.raw<You | null>(null);
  pending = $state.raw<readonly { id: string; command: Command }[]>([]);
  refusal = $state.raw<{ command: Command; code: string; message: string } | null>(null);
  presentSeats = $state.raw<readonly string[]>([]);
  observers = $state(0);
  readonly #startMs: number;
  #watchers: readonly ((event: GameEvent, after: Position) => void)[] = [];
  #count = 0;

  readonly #delayMs: number;
  readonly #aheadMs: number;

  constructor(log: readonly GameEvent[], you: You, delayMs: number, aheadMs: number) {
    this.#delayMs = delayMs;
    this.#aheadMs = aheadMs;
    this.log = log;
    this.position = fold(log);
    this.you = you;
    this.#startMs = performance.now();
  }

  start(): void {}
  stop(): void {}
  wake(): void {}
  networkLost(): void {}

  serverNow(): number {
    return (this.position?.opened_at_ms ?? 0) + this.#aheadMs + performance.now() - this.#startMs;
  }

  happen(event: GameEvent): void {
    this.position = evolve(this.position, event);
    this.log = [...this.log, event];
    for (const watcher of this.#watchers) watcher(event, this.position);
  }

  async send(command: Command) {
    this.refusal = null;
    const id = String((this.#count += 1));
    this.pending = [...this.pending, { id, command }];
    await new Promise((resolve) => setTimeout(resolve, this.#delayMs));
    this.pending = this.pending.filter((one) => one.id !== id);
    if (command.type === "say" && command.text.includes("refuse")) {
      this.refusal = { command, code: "talk_not_allowed", message: "this word is not allowed" };
      return { ok: false as const, code: "talk_not_allowed", message: "this word is not allowed" };
    }
    this.#answer(command);
    return { ok: true as const };
  }

  isSending(type: Command["type"]): boolean {
    return this.pending.some(({ command }) => command.type === type);
  }

  dismissRefusal(): void {
    this.refusal = null;
  }

  watch(watcher: (event: GameEvent, after: Position) => void): () => void {
    this.#watchers = [...this.#watchers, watcher];
    return () => {
      this.#watchers = this.#watchers.filter((other) => other !== watcher);
    };
  }

  #answer(command: Command): void {
    const at_ms = this.serverNow();
    const position = this.position!;
    const seat = this.you?.seat ?? null;
    if (command.type === "save_order") {
      const actions = { ...position.orders[seat!], ...command.actions };
      this.happen({
        type: "order_saved",
        round: command.round,
        seat: seat!,
        actions,
        sources: {},
        at_ms,
      });
    } else if (command.type === "set_ready") {
      const { round, phase, is_ready } = command;
      this.happen({ type: "ready_set", round, phase, seat: seat!, is_ready, at_ms });
    } else if (command.type === "say") {
      const { room: to } = command;
      const room = to.length === 0 || to.includes(seat!) ? to : [...to, seat!];
      this.happen({
        type: "message_said",
        round: position.round,
        sender: seat,
        room,
        text: command.text,
        act: command.act ?? null,
        speaker: null,
        at_ms,
      });
    } else if (command.type === "propose") {
      this.happen({
        type: "proposal_made",
        round: position.round,
        number: 900 + position.proposals_made,
        proposer: seat!,
        terms: command.terms,
        at_ms,
      });
    } else if (command.type === "make_move") {
      this.happen({
        type: "move_made",
        round: position.round,
        seat: seat!,
        move: command.move,
        at_ms,
      });
    } else if (command.type === "take_back_move") {
      this.happen({ type: "move_taken_back", round: position.round, seat: seat!, at_ms });
    } else if (command.type === "save_forecast") {
      this.happen({
        type: "forecast_saved",
        round: position.round,
        seat: seat!,
        arena: command.arena,
        actions: command.actions,
        at_ms,
      });
    } else if (command.type === "counter_proposal") {
      const { round, number, terms } = command;
      const { parties } = position.proposals.find((each) => each.number === number)!.terms;
      const counter = 900 + position.proposals_made;
      this.happen({
        type: "proposal_countered",
        round,
        number,
        parties,
        seat: seat!,
        counter,
        at_ms,
      });
      this.happen({ type: "proposal_made", round, number: counter, proposer: seat!, terms, at_ms });
    } else if (command.type === "answer_proposal") {
      this.#answerProposal(command.number, command.accepts, seat!, at_ms);
    }
  }

  #answerProposal(number: number, accepts: boolean, seat: string, at_ms: number): void {
    const { round, proposals } = this.position!;
    const found = proposals.find((each) => each.number === number)!;
    const { terms } = found;
    this.happen({
      type: "proposal_answered",
      round,
      number,
      parties: terms.parties,
      seat,
      accepts,
      at_ms,
    });
    if (accepts && found.accepted.length + 1 === terms.parties.length) {
      const pact = {
        number,
        terms,
        first_round: round,
        last_round: round + terms.rounds - 1,
        breakers: [],
      };
      this.happen({ type: "pact_concluded", round, pact, at_ms });
    }
  }
}
