/** Cuts each language in two: the words of the first page, which a phone waits for, and all others. */
import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

type Catalogue = { words: Record<string, unknown>; texts?: Record<string, string> };

/** What the pages say that come with the first load: joining, keys, refusals, and what broke. */
const FIRST = new Set(
  "app arena connection country deed end field home join keys lost map person readers reason refused scenario seat surroundings trouble".split(
    " ",
  ),
);
const PART = /\.json\?(first|rest)$/;

/** Serve `ur.json?first` and `ur.json?rest`; for tests that show one component, all is first. */
export function words({ isWhole }: { isWhole: boolean }): Plugin {
  return {
    name: "words",
    enforce: "pre",
    load(id) {
      const part = PART.exec(id)?.[1];
      if (part === undefined) return null;
      const path = id.slice(0, id.lastIndexOf("?"));
      this.addWatchFile(path);
      const { words, ...others }: Catalogue = JSON.parse(readFileSync(path, "utf8"));
      const isHere = (key: string) => (isWhole || isFirst(key)) === (part === "first");
      const cut = Object.fromEntries(Object.entries(words).filter(([key]) => isHere(key)));
      const isWithOthers = isWhole === (part === "first");
      const text = JSON.stringify({ words: cut, ...(isWithOthers ? others : {}) });
      const code = `export default JSON.parse(${JSON.stringify(text)});`; // the fastest to read
      return { code, moduleType: "js" };
    },
  };
}

/** Whether a word comes with the first load. */
export function isFirst(key: string): boolean {
  return FIRST.has(key.split(".")[0]!);
}
