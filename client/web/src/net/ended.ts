/** Matches that have ended, read with the keys that this browser holds. */
import type {
  CreatedMatch,
  DuplicateScore,
  GameEvent,
  GuestMatch,
  GuestModel,
  LedModel,
  MatchSummary,
  NewNotes,
  NotesAnswer,
} from "../wire/types.ts";
import { Analysis, Patience } from "./analysis.ts";
import { ApiError, type Api, type LogView, type MatchFile, type Saved } from "./api.ts";
import { requestOf, type ModelRequest, type TrunkOf } from "./models.ts";
import type { Places } from "./places.ts";

/** Refusals that another key may lift. */
const LOCKED: readonly string[] = [
  "participants_only",
  "match_over",
  "facilitator_only",
  "host_only",
  "token_only",
  "guest_play_off",
];

/** Where notes are read and kept. */
export type Desk = {
  readonly read: () => Promise<NotesAnswer>;
  readonly keep: (notes: NewNotes) => Promise<NotesAnswer>;
};

export class EndedMatches {
  readonly #api: Api;
  readonly #places: Places;
  /** Of models of records: the record, as long as this page is open. */
  readonly #records = new Map<string, string>();
  /** Of matches: the key that opened it, as long as this page is open. */
  readonly #fitting = new Map<string, string>();

  constructor(api: Api, places: Places) {
    this.#api = api;
    this.#places = places;
  }

  log(match: string, view: LogView): Promise<readonly GameEvent[]> {
    return this.#read(match, (key) => this.#api.log(match, view, key));
  }

  /** How a match stands, played or ended, and whether its link alone opens it. */
  summary(match: string): Promise<MatchSummary> {
    return this.#read(match, (key) => this.#api.match(match, key));
  }

  /** Its seats beside the same seats at other tables; none outside a class. */
  duplicate(match: string): Promise<DuplicateScore[]> {
    return this.#read(match, (key) => this.#api.duplicate(match, key));
  }

  /** What can be asked about it. */
  analysis(match: string): Analysis {
    return new Analysis((what, about) =>
      this.#read(match, (key) => this.#api.analyse(match, what, about, key)),
    );
  }

  /** What can be asked about a record; null for who has no key to this server. */
  analysisOf(record: Blob): Analysis | null {
    const key = this.#any();
    if (key === undefined) return null;
    return new Analysis((what, about) => this.#api.analyseRecord(record, what, about, key));
  }

  /** What can be asked about a model of a record. */
  analysisWith(match: string, record: string): Analysis {
    const about = (what: string) => ({
      path: `matches/${encodeURIComponent(match)}/${what}`,
      body: { record },
    });
    return new Analysis((what) => this.#read(match, (key) => this.#api.ofModel(about(what), key)));
  }

  /** Play on alone, as a model. */
  playOn(from: TrunkOf, wanted: GuestModel): Promise<GuestMatch> {
    return this.#begun(from, requestOf(from, "play-on", wanted));
  }

  /** Open a model for people who come by its code. */
  openModel(from: TrunkOf, wanted: LedModel): Promise<CreatedMatch> {
    return this.#begun(from, requestOf(from, "model", wanted));
  }

  /** The record with which a model was begun here, if it was in this page. */
  recordOf(match: string): string | null {
    return this.#records.get(match) ?? null;
  }

  async #begun<T extends GuestMatch | CreatedMatch>(
    from: TrunkOf,
    asked: ModelRequest,
  ): Promise<T> {
    const ask = () => this.#from(from, (key) => this.#api.ofModel<T>(asked, key));
    const begun = await new Patience().with(ask);
    if ("record" in from) this.#records.set(begun.match, from.record);
    return begun;
  }

  /** The seat that this browser last held in a match; null where it held none. */
  heldIn(from: TrunkOf): string | null {
    return "record" in from ? null : (this.#places.at(from.match, "player")?.seat ?? null);
  }

  #from<T>(from: TrunkOf, ask: (key?: string) => Promise<T>): Promise<T> {
    if ("record" in from) return withKey([this.#any(), ...this.#others()], ask);
    const led = this.#places.at(from.match, "facilitator")?.token;
    return withKey([led, this.#places.at(from.match)?.token, ...this.#others()], ask);
  }

  /** A record as somebody saw its match; null for who has no key to this server. */
  seenIn(record: Blob): ((view: LogView) => Promise<readonly GameEvent[]>) | null {
    const key = this.#any();
    return key === undefined ? null : (view) => this.#api.recordLog(record, view, key);
  }

  /** What is noted beside it, for who may read it; a key that may write is looked for. */
  notes(match: string): Desk {
    const keys = () => {
      const leading = this.#places.at(match, "facilitator")?.token;
      return [leading, ...this.#others(), this.#places.at(match)?.token].filter(
        (key) => key !== undefined,
      );
    };
    return {
      read: () =>
        withKey(
          keys(),
          (key) => this.#api.notes(match, key),
          ({ may_write }) => may_write,
        ),
      keep: (notes) => withKey(keys(), (key) => this.#api.keepNotes(match, notes, key)),
    };
  }

  file(match: string, what: MatchFile): Promise<Saved> {
    return this.#read(match, (key) => this.#api.file(match, what, key));
  }

  /** Watch by a code; after the end only a facilitator may. */
  watch(code: string): ReturnType<Api["watch"]> {
    const led = this.#places.leadingWithCode(code)?.token;
    return withKey([undefined, led, ...this.#others()], (key) => this.#api.watch(code, key));
  }

  /** The key that fitted last is tried first. */
  #read<T>(match: string, ask: (key?: string) => Promise<T>): Promise<T> {
    const own = this.#places.at(match)?.token;
    return withKey([this.#fitting.get(match) ?? own, own, ...this.#others()], async (key) => {
      const answer = await ask(key);
      if (key !== undefined) this.#fitting.set(match, key);
      return answer;
    });
  }

  /** Any key of this server. */
  #any(): string | undefined {
    const keys = [...this.#others(), ...this.#places.all().map(({ token }) => token)];
    return keys.find((key) => key !== undefined);
  }

  /** Keys to more than one match: the host's, and those of seminars. */
  #others(): (string | undefined)[] {
    return [this.#places.host ?? undefined, ...this.#places.seminars().map(({ token }) => token)];
  }
}

/** Ask with one key after the other until one opens enough; the first may be none. */
export async function withKey<T>(
  keys: readonly (string | undefined)[],
  ask: (key?: string) => Promise<T>,
  isEnough: (answer: T) => boolean = () => true,
): Promise<T> {
  const [first, ...others] = keys;
  const rest = others.filter((key) => key !== undefined && key !== first);
  let lesser: { readonly answer: T } | null = null;
  let refusal: unknown;
  for (const key of [first, ...new Set(rest)]) {
    try {
      const answer = await ask(key);
      if (isEnough(answer)) return answer;
      lesser ??= { answer };
    } catch (error) {
      if (!(error instanceof ApiError) || !LOCKED.includes(error.code)) throw error;
      refusal = error;
    }
  }
  if (lesser) return lesser.answer;
  throw refusal;
}
