/** The server's HTTP, for what is not live. */
import { withNames } from "./people.ts";
import type {
  AdviceAnswer,
  ArenaAdvice,
  Branch,
  CreatedMatch,
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
  NewSeminar,
  NewTournament,
  Offer,
  Placed,
  Scenario,
  ScenarioCard,
  SeminarCard,
  SeminarChanges,
  ShownMatch,
  StrategyCard,
  Tournament,
  TournamentCard,
  TournamentMatrices,
  Watching,
} from "../wire/types.ts";

/** A no from the server, or none at all (`offline`). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  /** When the server wants to be asked again; null if it did not say. */
  readonly retryAfterMs: number | null;

  constructor(status: number, code: string, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Who looks at a finished match's log: everything, what is public, or one seat. */
export type LogView = "archive" | "public" | (string & {});

/** What can be saved of a finished match. */
export type MatchFile = "record" | "decisions" | "talk" | "pledges";

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

  matches(host: string): Promise<MatchSummary[]> {
    return this.#get("matches", host);
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

  /** Begin a match against bots, which has started when this answers. */
  play(wanted: NewGuestMatch): Promise<GuestMatch> {
    return this.#post("play", wanted);
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
    return this.#post(
      `matches/${encodeURIComponent(match)}/branch`,
      { round: null, phase: null },
      lead,
    );
  }

  /** What a facilitator asks of a seminar; `what` is the end of the address. */
  askSeminar<T>(lead: string, seminar: string, what: string, body: object): Promise<T> {
    return this.#post(`seminars/${encodeURIComponent(seminar)}/${what}`, body, lead);
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

  /** The record of a finished match, or a table as a spreadsheet opens it. */
  async file(match: string, what: MatchFile, token?: string): Promise<Saved> {
    const part = what === "record" ? what : `table?what=${what}&form=spreadsheet`;
    const path = `matches/${encodeURIComponent(match)}/${part}`;
    const response = await this.#answer(path, { headers: bearer(token) });
    return { name: nameOf(response.headers, what), content: await response.blob() };
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

  #get<T>(path: string, token?: string): Promise<T> {
    return this.#ask(path, { headers: bearer(token) });
  }

  #post<T>(path: string, body: object, token?: string): Promise<T> {
    return this.#send("POST", path, body, token);
  }

  #send<T>(method: "POST" | "PATCH", path: string, body: object, token?: string): Promise<T> {
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

/** How a download is called; in letters of any script (RFC 6266). */
function nameOf(headers: Headers, otherwise: string): string {
  const told = headers.get("content-disposition") ?? "";
  const spelt = /filename\*=UTF-8''([^;]+)/.exec(told)?.[1];
  return spelt ? decodeURIComponent(spelt) : (/filename="([^"]+)"/.exec(told)?.[1] ?? otherwise);
}

/** A proxy before the server may answer something that is not JSON. */
async function refusal(response: Response): Promise<ApiError> {
  const text = await response.text();
  const [code, message] = parse(text);
  return new ApiError(response.status, code, message, retryAfter(response.headers));
}

/** Seconds; a proxy may write a date, which is not waited for. */
function retryAfter(headers: Headers): number | null {
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  return Number.isNaN(seconds) ? null : 1000 * seconds;
}

function parse(text: string): [code: string, message: string] {
  try {
    const { code, message } = JSON.parse(text) as { code: string; message: string };
    return [code, message];
  } catch {
    return ["http_error", text.slice(0, 200)];
  }
}

/** The events of a log with the names that stand beside them. */
function told({ events, names }: Log): readonly GameEvent[] {
  return withNames(events, names ?? {});
}
