/** Going to what one leads: the key to it is kept by this browser. */
import type { Leading, Led } from "../wire/types.ts";
import { router } from "../router.svelte.ts";
import type { SeminarPlace } from "../net/places.ts";
import { places } from "../services.ts";
import { keep } from "../ui/enter.ts";

/** Lead a seminar by one's own right. */
export function lead({ seminar, code, token }: Led, name: string): void {
  keepSeminar({ seminar, code, token, name, signs: null });
  router.go(`#/console/${seminar}`);
}

function keepSeminar(led: Omit<SeminarPlace, "role" | "key" | "atMs">) {
  places.keepSeminar({ ...led, role: "facilitator", key: null, atMs: Date.now() });
}

/** Lead by invitation, under a name; the link is no way back. */
export function leadAs({ match, seminar, code, token, name }: Leading): void {
  if (seminar !== null) {
    keepSeminar({ seminar, code, token, name: "", signs: name });
    router.go(`#/console/${seminar}`, { replace: true });
  } else if (match !== null) {
    keep({ match, role: "facilitator", token, code, name });
    router.go(`#/m/${match}/facilitator`, { replace: true });
  }
}
