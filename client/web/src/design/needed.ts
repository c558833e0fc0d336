/** A field that must hold something to see: the form says what, and is not sent before. */
import type { Attachment } from "svelte/attachments";
import { isVisible } from "../rules/texts.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** text: what the field holds. words: what to do, e.g. “Enter a name.” */
export function needed(text: string, words: string): Attachment<Field> {
  return (field) => field.setCustomValidity(isVisible(text) ? "" : words);
}
