/** Where the address says we are: everything behind `#`, as `#/screen/id?query`. */
import "./arrival.ts"; // a path becomes a screen before the address is read
import type { Role } from "./wire/types.ts";

export type Route =
  | { screen: "home"; play?: string }
  | { screen: "host"; secret: string }
  | { screen: "join"; code: string }
  | { screen: "watch"; code: string }
  | { screen: "show"; code: string }
  | { screen: "match"; match: string; role: Role | null }
  | { screen: "debrief"; match: string }
  | { screen: "beside"; match: string }
  | { screen: "replay"; match: string; query: URLSearchParams }
  | { screen: "library"; query: URLSearchParams }
  | { screen: "seminars" }
  | { screen: "lead"; secret: string }
  | { screen: "seminar"; seminar: string }
  | { screen: "console"; seminar: string }
  | { screen: "wall"; seminar: string; token: string | null }
  | { screen: "tournaments" }
  | { screen: "about" }
  | { screen: "learn" }
  | { screen: "tournament"; tournament: string; query: URLSearchParams }
  | { screen: "lost"; path: string };

const ROLES: readonly string[] = ["player", "facilitator", "observer"] satisfies Role[];

/** Read a hash; what no screen answers to is `lost`. */
export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const [screen = "", id = "", part = ""] = path.split("/").map(decode);
  if (screen === "") {
    const play = new URLSearchParams(query).get("play");
    return play ? { screen: "home", play } : { screen: "home" };
  }
  switch (screen) {
    case "tournaments":
    case "seminars":
    case "about":
    case "learn":
      return { screen };
    case "library":
      return { screen, query: new URLSearchParams(query) };
  }
  if (!id)
    return screen === "join" || screen === "watch" ? { screen: "home" } : { screen: "lost", path };
  switch (screen) {
    case "host":
    case "lead":
      return { screen, secret: id };
    case "seminar":
    case "console":
      return { screen, seminar: id };
    case "wall":
      return { screen, seminar: id, token: part || null };
    case "join":
    case "watch":
    case "show":
      return { screen, code: id.toUpperCase() };
    case "m":
      return { screen: "match", match: id, role: ROLES.includes(part) ? (part as Role) : null };
    case "debrief":
    case "beside":
      return { screen, match: id };
    case "replay":
      return { screen, match: id, query: new URLSearchParams(query) };
    case "tournament":
      return { screen, tournament: id, query: new URLSearchParams(query) };
    default:
      return { screen: "lost", path };
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

let current = $state.raw<Route>(parseRoute(location.hash));

addEventListener("hashchange", () => {
  current = parseRoute(location.hash);
});

export const router = {
  get route(): Route {
    return current;
  },
  /** Go to a hash; `replace` leaves no way back, e.g. to an address that held a secret. */
  go(hash: string, { replace = false }: { replace?: boolean } = {}): void {
    if (replace) history.replaceState(null, "", hash);
    else history.pushState(null, "", hash);
    current = parseRoute(hash);
  },
};
