/** A point of a replay as one part of the page follows it. */
import { untrack } from "svelte";

/** point: where the replay is. isInSight: of a part that is not, nothing is worked out or drawn; it
 * stays at the point that it showed last, and catches up when it comes to the front. */
export function followed(point: () => number, isInSight: () => boolean): { readonly at: number } {
  let last = untrack(point);
  const at = $derived.by(() => (last = isInSight() ? point() : last));
  return {
    get at() {
      return at;
    },
  };
}
