/** How fast a match is played: each multiplies every phase's time; none runs no clock. */
export const PACES = { half: 0.5, written: 1, double: 2, none: null } as const;

export type Pace = keyof typeof PACES;

export const PACE_NAMES = Object.keys(PACES) as readonly Pace[];
