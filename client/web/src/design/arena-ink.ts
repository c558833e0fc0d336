/** How an arena is drawn. Each number has an ink and a dash of its own; after the last they begin again. */
const DASHES = ["none", "8 5", "2 4", "12 4 2 4", "4 3", "14 4 2 4 2 4"];

export function inkOf(number: number): string {
  return `var(--arena-${((number - 1) % DASHES.length) + 1})`;
}

export function dashOf(number: number): string {
  return DASHES[(number - 1) % DASHES.length]!;
}
