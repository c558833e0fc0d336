/** The long texts of shipped scenarios and bots in other languages; fetched when a language is first used. */
import { language, type Lang } from "./index.svelte.ts";

type Story = Readonly<Record<string, string>>;

const LOADERS: Readonly<Partial<Record<Lang, () => Promise<{ default: Story }>>>> = {
  ur: () => import("./story.ur.json"),
};

let stories = $state.raw<Partial<Record<Lang, Story>>>({});
const asked = new Set<Lang>();

/** A text of the server's in the chosen language; null if it is not known there, or not yet. */
export function told(text: string): string | null {
  const lang = language.is;
  const story = stories[lang];
  if (!story) void load(lang);
  return story && Object.hasOwn(story, text) ? story[text]! : null;
}

async function load(lang: Lang): Promise<void> {
  const loader = LOADERS[lang];
  if (!loader || asked.has(lang)) return;
  asked.add(lang);
  try {
    const { default: story } = await loader();
    stories = { ...stories, [lang]: story };
  } catch {
    asked.delete(lang); // offline: the English stays, and the next text asks again
  }
}
