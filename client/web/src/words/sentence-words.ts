/** What a message says: its text, or its sentence in the reader's language and its speaker's voice. */
import { t } from "../i18n/index.svelte.ts";
import type { Arena, MessageSaid } from "../wire/types.ts";
import { arenaTitle, type NameOf } from "./words.ts";

/** arenas: those whose titles are known; others are called by their names. */
export function messageWords(
  { text, sentence, arguments: given = {} }: Pick<MessageSaid, "text" | "sentence" | "arguments">,
  nameOf: NameOf,
  arenas: readonly Arena[],
): string {
  if (!sentence) return text;
  const { seat, arena, action, round, number, binding, voice } = given;
  const place = arenas.find(({ name }) => name === arena);
  return t(voice ? `sentence.${sentence}.${voice}` : `sentence.${sentence}`, {
    ...(seat && { seat: nameOf(seat) }),
    ...(arena && { arena: place ? arenaTitle(place) : arena }),
    ...(action && { action: t(`card.deed.${action}`) }),
    ...(binding && { binding: t(`binding.${binding}`) }),
    round: round ?? 0,
    number: number ?? 0,
  });
}
