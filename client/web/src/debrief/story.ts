/** The sentences of a debrief, as a page shows them. */
import type { ToldPart, ToldSentence } from "../wire/types.ts";

/** The round that a row of evidence is of; null of other rows. */
export function roundOf(row: string): number | null {
  const number = /^round-(\d+)$/.exec(row)?.[1];
  return number === undefined ? null : Number(number);
}

/** A sentence with its address on the sheet. */
export type Addressed = ToldSentence & { address: string };

/** Give the sentences of a part their addresses. */
export function addressed({ name, sentences }: Pick<ToldPart, "name" | "sentences">): Addressed[] {
  return sentences.map((sentence, i) => ({ ...sentence, address: `said-${name}-${i + 1}` }));
}

type Telling = { title: string; address: string };

/** By row of evidence: the parts that tell of it, each with its first sentence there. */
export function toldOf(parts: readonly ToldPart[]): Record<string, Telling[]> {
  const told: Record<string, Telling[]> = {};
  for (const part of parts)
    for (const { evidence, address } of addressed(part))
      for (const row of evidence) {
        const here = (told[row] ??= []);
        if (here.at(-1)?.title !== part.title) here.push({ title: part.title, address });
      }
  return told;
}

/** Sentences of a list: those about the same rows are one item. */
export function grouped(sentences: readonly Addressed[]): Addressed[][] {
  const items: Addressed[][] = [];
  let last = "";
  for (const sentence of sentences) {
    const about = sentence.evidence.join(" ");
    if (about === last) items.at(-1)!.push(sentence);
    else items.push([sentence]);
    last = about;
  }
  return items;
}
