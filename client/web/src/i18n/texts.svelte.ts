/** The server's long texts in another language: a part comes when one of its texts is first shown. */
import { MARK_LENGTH, markOf } from "./mark.ts";

/** Texts that are shown together, as `words-plugin.ts` makes them. */
export type TextPart = Readonly<{
  /** The mark of each English text, one after another. */
  marks: string;
  /** Fetches the translations, in the order of the marks. */
  load: () => Promise<{ default: readonly string[] }>;
}>;

export class Texts {
  readonly #places: Readonly<Record<string, { part: Part; at: number }>>;

  constructor(parts: readonly TextPart[]) {
    const places = parts.flatMap(({ marks, load }) => {
      const part = new Part(load);
      return cut(marks).map((mark, at) => [mark, { part, at }] as const);
    });
    this.#places = Object.fromEntries(places);
  }

  /** A text's translation; null if it has none, or until it is here, which whoever shows it follows. */
  find(text: string): string | null {
    const place = this.#places[markOf(text)];
    if (!place) return null;
    void place.part.ask();
    return place.part.texts?.[place.at] ?? null;
  }

  /** Whether its translation is on the way. */
  isComing(text: string): boolean {
    const place = this.#places[markOf(text)];
    return place !== undefined && place.part.texts === null;
  }
}

class Part {
  readonly #load: TextPart["load"];
  #isAsked = false;
  /** The translations once they are here; none if they cannot be had. */
  texts = $state.raw<readonly string[] | null>(null);

  constructor(load: TextPart["load"]) {
    this.#load = load;
  }

  /** Fetch it, once. */
  async ask(): Promise<void> {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.texts = await this.#load().then(
      (loaded) => loaded.default,
      (error: unknown) => {
        console.warn(error);
        return [];
      },
    );
  }
}

function cut(marks: string): string[] {
  return Array.from({ length: marks.length / MARK_LENGTH }, (_, at) =>
    marks.slice(at * MARK_LENGTH, (at + 1) * MARK_LENGTH),
  );
}
