/** What the stage needs of a live match; the drawing board has a make-believe one. */
import type { Session } from "./session.svelte.ts";

export type PlaySession = Pick<
  Session,
  | "position"
  | "log"
  | "you"
  | "pending"
  | "refusal"
  | "presentSeats"
  | "serverNow"
  | "send"
  | "isSending"
  | "dismissRefusal"
  | "watch"
>;
