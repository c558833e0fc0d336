/** The server's HTTP, for what is not live. */
import { nameOf } from "./headers.ts";
import type { ModelRequest } from "./models.ts";
import { withNames } from "./people.ts";
import { ApiError, refusal } from "./refusals.ts";
import type {
  AdviceAnswer,
  ArenaAdvice,
  Branch,
  CreatedMatch,
  DuplicateScore,
  Found,
  GameEvent,
  GuestMatch,
  Health,
  HostToken,
  Invitation,
  Joined,
  Leading,
  Led,
  Log,
  MatchChanges,
  MatchSummary,
  MoveOffer,
  MovesAnswer,
  NewGuestMatch,
  NewMatch,
  NewNotes,
  NewSeminar,
  NewTournament,
  NotesAnswer,
  Offer,
  Placed,
  Scenario,
  ScenarioCard,
  SeminarCard,
  SeminarChanges,
  ShownMatch,
  StrategyCard,
  TagChanges,
  Tags,
  Tournament,
  TournamentCard,
  TournamentMatrices,
  WallToken,
  Watching,
} from "../wire/types.ts";

export { ApiError };

/** Who looks at a finished match's log: everything, what is public, or one seat. */
export type LogView = "archive" | "public" | (string & {});

/** All tables at once, as a workbook or as CSV files. */
export type DataSet = "xlsx" | "csv";

export type MatchFile = "record" | "decisions" | "talk" | "pledges" | DataSet;

export interface Saved {
  readonly name: string;
  readonly content: Blob;
}

export class Api {
  readonly #base: string;
  readonly #fetch: typeof fetch;

  /** base: the address of the page, under which `api/` lies. */
  constructor(base: string, fetcher: typeof fetch) {
    this.#base = base;
    this.#fetch = fetcher;
  }

  /** Exchange the secret of the host's link for a token. */
  async host(secret: string): Promise<string> {
    const { token } = await this.#post<HostToken>("host", { secret });
    return token;
  }

  /** The version of the server's software. */
  async version(): Promise<string> {
    return (await this.#get<Health>("health/live")).version;
  }

  scenarios(): Promise<ScenarioCard[]> {
    return this.#get("scenarios");
  }

  scenario(name: string): Promise<Scenario> {
    return this.#get(`scenarios/${encodeURIComponent(name)}`);
  }

  strategies(): Promise<StrategyCard[]> {
    return this.#get("strategies");
  }

  /** The newest matches of the server. */
  matches(host: string, most: number): Promise<MatchSummary[]> {
    return this.#get(`matches?most=${most}`, host);
  }

  /** Ask the library; `query` is the end of the address. */
  library<T>(token: string, query: string): Promise<T> {
    return this.#get(`library${query}`, token);
  }

  /** Add tags to a match, and remove others; gives all of them. */
  async tag(token: string, match: string, changes: TagChanges): Promise<readonly string[]> {
    const path = `matches/${encodeURIComponent(match)}/tags`;
    return (await this.#send<Tags>("PATCH", path, changes, token)).tags;
  }

  /** token: needed once the match has ended, unless it is open to its link. */
  match(match: string, token?: string): Promise<MatchSummary> {
    return this.#get(`matches/${encodeURIComponent(match)}`, token);
  }

  create(host: string, wanted: NewMatch): Promise<CreatedMatch> {
    return this.#post("matches", wanted, host);
  }

  /** Open an ended match to anyone with its link, or close it. */
  changeMatch(lead: string, match: string, changes: MatchChanges): Promise<MatchSummary> {
    return this.#send("PATCH", `matches/${encodeURIComponent(match)}`, changes, lead);
  }

  /** Whether guests may play here, and what *Play now* opens. */
  offer(): Promise<Offer> {
    return this.#get("play");
  }

  /** Begin a match against bots, which has started when this answers; a host always may. */
  play(wanted: NewGuestMatch, host: string | null = null): Promise<GuestMatch> {
    return this.#post("play", wanted, host ?? undefined);
  }

  /** Begin a model, or ask about one. */
  ofModel<T>({ path, body }: ModelRequest, token?: string): Promise<T> {
    return this.#post(path, body, token);
  }

  /** What a code opens, before anybody joins. */
  find(code: string): Promise<Found> {
    return this.#post("find", { code });
  }

  /** Lead a match that was created elsewhere. */
  lead(host: string, match: string): Promise<CreatedMatch> {
    return this.#post(`matches/${encodeURIComponent(match)}/lead`, {}, host);
  }

  /** key: of somebody who comes back to a seminar, on another device. */
  join(code: string, name: string, key: string | null = null): Promise<Joined> {
    return this.#post("join", { code, name, key });
  }

  seminars(host: string): Promise<SeminarCard[]> {
    return this.#get("seminars", host);
  }

  openSeminar(host: string, wanted: NewSeminar): Promise<Led> {
    return this.#post("seminars", wanted, host);
  }

  /** Lead a seminar that was opened elsewhere. */
  leadSeminar(host: string, seminar: string): Promise<Led> {
    return this.#post(`seminars/${encodeURIComponent(seminar)}/lead`, {}, host);
  }

  /** Exchange the secret of a co-facilitator's link, to a match or a seminar. */
  exchangeLead(secret: string): Promise<Leading> {
    return this.#post("lead", { secret });
  }

  /** Make the secret of a link to lead a match as well. */
  inviteLead(lead: string, match: string, name: string): Promise<Invitation> {
    return this.#post(`matches/${encodeURIComponent(match)}/facilitators`, { name }, lead);
  }

  /** Where somebody of a seminar plays; nulls while they wait. */
  place(token: string): Promise<Placed> {
    return this.#post("seminars/place", {}, token);
  }

  changeSeminar(lead: string, seminar: string, changes: SeminarChanges): Promise<SeminarCard> {
    return this.#send("PATCH", `seminars/${encodeURIComponent(seminar)}`, changes, lead);
  }

  /** What a seminar plays, with the deck of injects, which only its facilitators see. */
  seminarScenario(lead: string, seminar: string): Promise<Scenario> {
    return this.#get(`seminars/${encodeURIComponent(seminar)}/scenario`, lead);
  }

  /** The events of a match that is played, as those who lead it may see a seat's. */
  async look(lead: string, match: string, view: LogView): Promise<readonly GameEvent[]> {
    const path = `matches/${encodeURIComponent(match)}/look?as=${encodeURIComponent(view)}`;
    return told(await this.#get<Log>(path, lead));
  }

  /** Go back to before the last phase was opened; the match goes on in a branch, paused. */
  undo(lead: string, match: string): Promise<Branch> {
    const last = { round: null, phase: null };
    return this.#post(`matches/${encodeURIComponent(match)}/branch`, last, lead);
  }

  /** What a facilitator asks of a seminar; `what` is the end of the address. */
  askSeminar<T>(lead: string, seminar: string, what: string, body: object): Promise<T> {
    return this.#post(`seminars/${encodeURIComponent(seminar)}/${what}`, body, lead);
  }

  /** Make a token for the wall of a seminar. */
  async openWall(lead: string, seminar: string): Promise<string> {
    return (await this.askSeminar<WallToken>(lead, seminar, "wall", {})).token;
  }

  /** The events of a match of a seminar as the public sees them, for its wall. */
  async table(wall: string, seminar: string, match: string): Promise<readonly GameEvent[]> {
    const path = `seminars/${encodeURIComponent(seminar)}/tables/${encodeURIComponent(match)}`;
    return told(await this.#get<Log>(path, wall));
  }

  /** token: of a facilitator, once the match has ended. */
  watch(code: string, token?: string): Promise<Watching> {
    return this.#post("watch", { code }, token);
  }

  /** Every event of a finished match that a viewer may see. */
  async log(match: string, view: LogView, token?: string): Promise<readonly GameEvent[]> {
    const path = `matches/${encodeURIComponent(match)}/log?as=${encodeURIComponent(view)}`;
    return told(await this.#get<Log>(path, token));
  }

  /** What the advisor says to the seat of a token. */
  async advice(match: string, token: string): Promise<readonly ArenaAdvice[]> {
    const path = `matches/${encodeURIComponent(match)}/advice`;
    return (await this.#get<AdviceAnswer>(path, token)).advice;
  }

  /** The moves that the seat of a token may make now. */
  async moves(match: string, token: string): Promise<readonly MoveOffer[]> {
    const path = `matches/${encodeURIComponent(match)}/moves`;
    return (await this.#get<MovesAnswer>(path, token)).moves;
  }

  /** Ask about a finished match; `what` is the end of the address. */
  analyse<T>(match: string, what: string, about: Record<string, string>, token?: string) {
    const path = `matches/${encodeURIComponent(match)}/${what}?${new URLSearchParams(about)}`;
    return this.#get<T>(path, token);
  }

  /** Ask about a class, with its facilitator's token. */
  analyseClass<T>(seminar: string, what: string, about: Record<string, string>, token: string) {
    const path = `seminars/${encodeURIComponent(seminar)}/${what}?${new URLSearchParams(about)}`;
    return this.#get<T>(path, token);
  }

  /** Ask the same about a record, with any token of this server. */
  analyseRecord<T>(record: Blob, what: string, about: Record<string, string>, token: string) {
    const headers = { "content-type": "application/jsonl", ...bearer(token) };
    const path = `records/${what}?${new URLSearchParams(about)}`;
    return this.#ask<T>(path, { method: "POST", headers, body: record });
  }

  /** The events of a record as somebody saw them. */
  async recordLog(record: Blob, view: LogView, token: string): Promise<readonly GameEvent[]> {
    return told(await this.analyseRecord<Log>(record, "log", { as: view }, token));
  }

  /** The record of the match that a text in notation tells. */
  async playedNotation(text: Blob): Promise<Blob> {
    const headers = { "content-type": "text/plain" };
    const request = { method: "POST", headers, body: text };
    return (await this.#answer("notations/record", request)).blob();
  }

  /** The record of a finished match, one table as a spreadsheet opens it, or all of them. */
  async file(match: string, what: MatchFile, token?: string): Promise<Saved> {
    return this.#saved(`matches/${encodeURIComponent(match)}/${partOf(what)}`, what, token);
  }

  /** All tables of a class, of its matches that have ended, or the names behind its pseudonyms. */
  classData(seminar: string, what: DataSet | "key", token: string): Promise<Saved> {
    const part = what === "key" ? what : partOf(what);
    return this.#saved(`seminars/${encodeURIComponent(seminar)}/${part}`, what, token);
  }

  notes(match: string, token?: string): Promise<NotesAnswer> {
    return this.#get(`matches/${encodeURIComponent(match)}/notes`, token);
  }

  keepNotes(match: string, notes: NewNotes, token?: string): Promise<NotesAnswer> {
    return this.#send("PUT", `matches/${encodeURIComponent(match)}/notes`, notes, token);
  }

  /** The seats of a finished match beside the same seats at other tables of its class. */
  duplicate(match: string, token?: string): Promise<DuplicateScore[]> {
    return this.#get(`matches/${encodeURIComponent(match)}/duplicate`, token);
  }

  /** The same of all tables of a class as they stand, as a spreadsheet opens it. */
  async classScores(seminar: string, token: string): Promise<Saved> {
    const path = `seminars/${encodeURIComponent(seminar)}/duplicate?form=spreadsheet`;
    return this.#saved(path, "duplicate.csv", token);
  }

  tournaments(host: string): Promise<TournamentCard[]> {
    return this.#get("tournaments", host);
  }

  tournament(id: string): Promise<Tournament> {
    return this.#get(`tournaments/${encodeURIComponent(id)}`);
  }

  /** The matrices of a tournament that is too large to be sent whole. */
  tournamentMatrices(id: string): Promise<TournamentMatrices> {
    return this.#get(`tournaments/${encodeURIComponent(id)}/matrices`);
  }

  startTournament(host: string, wanted: NewTournament): Promise<TournamentCard> {
    return this.#post("tournaments", wanted, host);
  }

  /** A match of two entrants, by their places, played again. */
  tournamentMatch(id: string, a: number, b: number, repetition: number): Promise<ShownMatch> {
    const query = new URLSearchParams({ a: `${a}`, b: `${b}`, repetition: `${repetition}` });
    return this.#get(`tournaments/${encodeURIComponent(id)}/match?${query}`);
  }

  /** Where a table of a tournament is downloaded, as a spreadsheet opens it. */
  tournamentTable(id: string, table: "standings" | "pairs"): string {
    return this.#address(
      `tournaments/${encodeURIComponent(id)}/csv?table=${table}&form=spreadsheet`,
    );
  }

  async #saved(path: string, name: string, token?: string): Promise<Saved> {
    const response = await this.#answer(path, { headers: bearer(token) });
    return { name: nameOf(response.headers, name), content: await response.blob() };
  }

  #get<T>(path: string, token?: string): Promise<T> {
    return this.#ask(path, { headers: bearer(token) });
  }

  #post<T>(path: string, body: object, token?: string): Promise<T> {
    return this.#send("POST", path, body, token);
  }

  #send<T>(
    method: "POST" | "PATCH" | "PUT",
    path: string,
    body: object,
    token?: string,
  ): Promise<T> {
    const headers = { "content-type": "application/json", ...bearer(token) };
    return this.#ask(path, { method, headers, body: JSON.stringify(body) });
  }

  async #ask<T>(path: string, request: RequestInit): Promise<T> {
    return (await (await this.#answer(path, request)).json()) as T;
  }

  async #answer(path: string, request: RequestInit): Promise<Response> {
    const response = await this.#fetch(this.#address(path), request).catch((error: unknown) => {
      throw new ApiError(0, "offline", String(error));
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  #address(path: string): string {
    return new URL(`api/${path}`, this.#base).href;
  }
}

function bearer(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** The events of a log with the names that stand beside them. */
function told({ events, names }: Log): readonly GameEvent[] {
  return withNames(events, names ?? {});
}

/** Where a file of a match is found, beside the match. */
function partOf(what: MatchFile): string {
  if (what === "record") return what;
  const form = "form=spreadsheet";
  const isWhole = what === "xlsx" || what === "csv";
  return isWhole ? `export?format=${what}&${form}` : `table?what=${what}&${form}`;
}
