import type { Joined } from "../net/api.ts";
import type { Role } from "../rules/types.ts";
import { router } from "../router.svelte.ts";
import { places } from "../services.ts";

/** Keep the key to a match and go in; there is no way back to the form. */
export function enter({ match, token }: Joined, role: Role, code: string, name: string | null): void {
  places.keep({
    match,
    role,
    token,
    name,
    code,
    title: "",
    scenario: "",
    atMs: Date.now(),
  });
  router.go(`#/m/${match}/${role}`, { replace: true });
}
