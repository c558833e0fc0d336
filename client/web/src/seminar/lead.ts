/** Going to a seminar's console: the key to it is kept by this browser. */
import { router } from "../router.svelte.ts";
import { places } from "../services.ts";
import type { Led } from "./types.ts";

export function lead({ seminar, code, token }: Led, name: string, how: { replace?: boolean } = {}): void {
  places.keepSeminar({ seminar, role: "facilitator", token, code, name, key: null, atMs: Date.now() });
  router.go(`#/console/${seminar}`, how);
}
