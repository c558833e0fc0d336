/** Arenas by their titles, as a sentence lists them. */
import { list, t } from "../i18n/index.svelte.ts";
import type { Arena } from "../wire/types.ts";
import { titleIn } from "./words.ts";

/** Where a title says "and" itself, it stands in quotation marks. */
export function titlesIn(arenas: readonly Arena[], names: readonly string[]): string {
  const and = t("list.and");
  return list(
    names.map((name) => {
      const title = titleIn(arenas, name);
      return title.includes(and) ? t("list.quoted", { title }) : title;
    }),
  );
}
