/** Going to what one leads: the key to it is kept by this browser. */
import { router } from "../router.svelte.ts";
import { places } from "../services.ts";
import type { Leading, Led } from "../wire/types.ts";

/** Lead a seminar by one's own right. */
export function lead({ seminar, code, token }: Led, name: string): void {
  places.keepSeminar({
    seminar,
    role: "facilitator",
    token,
    code,
    name,
    key: null,
    atMs: Date.now(),
    signs: null,
  });
  router.go(`#/console/${seminar}`);
}

/** Lead by invitation, under a name; the link is no way back. */
export function leadAs({ match, seminar, code, token, name }: Leading): void {
  const atMs = Date.now();
  if (seminar !== null) {
    places.keepSeminar({
      seminar,
      role: "facilitator",
      token,
      code,
      name: "",
      key: null,
      atMs,
      signs: name,
    });
    router.go(`#/console/${seminar}`, { replace: true });
  } else if (match !== null) {
    places.keep({ match, role: "facilitator", token, code, name, title: "", scenario: "", atMs });
    router.go(`#/m/${match}/facilitator`, { replace: true });
  }
}
