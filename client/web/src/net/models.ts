/** Models: matches that are played on from a round of another match, or of a record. */
import type { GuestModel, LedModel } from "../wire/types.ts";

/** From what a model is played on: a match of this server, or the text of a record. */
export type TrunkOf = { readonly match: string } | { readonly record: string };

export type ModelRequest = { readonly path: string; readonly body: object };

/** What is sent to play on alone, or with people who come by a code. */
export function requestOf(
  from: TrunkOf,
  what: "play-on" | "model",
  wanted: GuestModel | LedModel,
): ModelRequest {
  return "record" in from
    ? { path: `records/${what}`, body: { ...wanted, record: from.record } }
    : { path: `matches/${encodeURIComponent(from.match)}/${what}`, body: wanted };
}
