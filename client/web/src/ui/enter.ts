import type { Joined, Role, Watching } from "../wire/types.ts";
import { router } from "../router.svelte.ts";
import type { Place } from "../net/places.ts";
import { places } from "../services.ts";

type Known = Pick<Place, "match" | "role" | "token"> & Partial<Place>;

/** Keep the key to a match; what is not known of it yet is seen there. */
export function keep(known: Known): void {
  places.keep({ name: null, code: null, title: "", scenario: "", atMs: Date.now(), ...known });
}

/** Lead a match by one's own right. */
export function lead(
  { match, code, token }: Pick<Place, "match" | "code" | "token">,
  { scenario, title, room }: Pick<Place, "scenario" | "title" | "room">,
): void {
  keep({ match, role: "facilitator", token, code, scenario, title, room: room ?? null });
  router.go(`#/m/${match}/facilitator`);
}

/** Keep the key to a match or a seminar and go in; there is no way back to the form. */
export function enter(
  joined: Joined | Watching,
  role: Role,
  code: string,
  name: string | null,
): void {
  const { match, token, seminar } = joined;
  if (seminar) {
    const { seminar: id, token, key, name } = seminar;
    places.keepSeminar({ seminar: id, role: "player", token, key, code, name, atMs: Date.now() });
  }
  if (match === null || token === null) {
    router.go(`#/seminar/${seminar?.seminar}`, { replace: true });
    return;
  }
  const kept = { code: seminar ? null : code, seminar: seminar?.seminar ?? null };
  keep({ match, role, token, name, ...kept });
  router.go(`#/m/${match}/${role}`, { replace: true });
}
