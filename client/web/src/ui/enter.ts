import type { Joined, Role, Watching } from "../wire/types.ts";
import { router } from "../router.svelte.ts";
import { places } from "../services.ts";

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
  places.keep({
    match,
    role,
    token,
    name,
    code: seminar ? null : code,
    seminar: seminar?.seminar ?? null,
    title: "",
    scenario: "",
    atMs: Date.now(),
  });
  router.go(`#/m/${match}/${role}`, { replace: true });
}
