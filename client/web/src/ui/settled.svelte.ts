/** A value that has come to rest: what is long to draw follows there, not at every step of a slider. */
import { untrack } from "svelte";

const REST_MS = 80;

/** value: what is followed; the same value is no step. isPatient: whether to wait; else it follows at once. */
export function settled<T>(
  value: () => T,
  isPatient: () => boolean = () => true,
): { readonly now: T } {
  let rested = $state.raw(untrack(value));
  $effect(() => {
    const next = value();
    if (!isPatient()) return;
    const timer = setTimeout(() => (rested = next), REST_MS);
    return () => clearTimeout(timer);
  });
  const now = $derived(isPatient() ? rested : value());
  return {
    get now() {
      return now;
    },
  };
}
