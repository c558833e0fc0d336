/** Keep names at the ends of lines apart: each as near as may be to its place, none on another. */
export function spread(
  places: readonly number[],
  gap: number,
  low: number,
  high: number,
): number[] {
  const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
  const room = Math.min(gap, (high - low) / Math.max(places.length - 1, 1));
  const result = [...places];
  let floor = low;
  for (const i of order) {
    result[i] = Math.max(places[i]!, floor);
    floor = result[i]! + room;
  }
  let ceiling = high;
  for (const i of order.reverse()) {
    result[i] = Math.min(result[i]!, ceiling);
    ceiling = result[i]! - room;
  }
  return result;
}

/** How far below each other names at lines' ends stand, in pixels. */
const NAME_GAP = 15;

/** The heights of the names at the ends of lines. y: the scale; low, high: where the chart ends. */
export function namesBeside(
  lines: readonly { readonly values: readonly number[] }[],
  y: (value: number) => number,
  [low, high]: readonly [number, number],
): number[] {
  const ends = lines.map(({ values }) => y(values.at(-1) ?? 0));
  return spread(ends, NAME_GAP, low, high);
}
