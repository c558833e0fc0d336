/** Choices that nobody made: the rule for missing orders, or a pact, stands in for them. */
import type { OrderSource } from "../wire/types.ts";

const OMITTED: readonly OrderSource[] = ["repeated", "defaulted", "kept"];

/** Whether what counted was chosen by nobody. */
export function isOmission(source: OrderSource | undefined): boolean {
  return source !== undefined && OMITTED.includes(source);
}
