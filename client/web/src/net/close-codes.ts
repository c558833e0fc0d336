/** Why the server ends a connection; the twin of `CloseCode` in `server/wire/frames.py`. */
export const CLOSE = {
  NORMAL: 1000,
  POLICY: 1008,
  TOO_BIG: 1009,
  BUG: 1011,
  RESTART: 1012,
  SIGN_IN: 4001,
  NOT_YOUR_MATCH: 4003,
  TOO_SLOW: 4008,
  REPLACED: 4009,
  PROTOCOL_TOO_OLD: 4010,
  DAMAGED: 4011,
} as const;

/** Ends that trying again cannot mend: the person must do something. */
const FINAL: readonly number[] = [
  CLOSE.SIGN_IN,
  CLOSE.NOT_YOUR_MATCH,
  CLOSE.REPLACED,
  CLOSE.PROTOCOL_TOO_OLD,
  CLOSE.DAMAGED,
];

/** Ends that what was just sent may have caused; sending it again would end it again. */
const BLAMES_SENDER: readonly number[] = [CLOSE.POLICY, CLOSE.TOO_BIG];

export function isFinal(code: number): boolean {
  return FINAL.includes(code);
}

export function blamesSender(code: number): boolean {
  return BLAMES_SENDER.includes(code);
}
