/** Copies a text where the clipboard is there, and where it is not: on plain-http pages. */
import { t } from "../i18n/index.svelte.ts";

/** Whether it was copied; where nothing copies it, it is shown to be copied by hand. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (copyBySelection(text)) return true; // not on a secure page, or not allowed to
  }
  prompt(t("link.select"), text);
  return false;
}

/** Hand a link to the device's own way of sharing; where there is none, it is copied.
 *
 * Gives whether it was copied. Whoever closes the device's list has shared nothing on purpose.
 */
export async function share(title: string, url: string): Promise<boolean> {
  if (!("share" in navigator)) return copy(url);
  try {
    await navigator.share({ title, url });
    return false;
  } catch (error) {
    return isClosed(error) ? false : copy(url);
  }
}

const isClosed = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

/** By the old command, from a field that nobody sees; within a dialog nothing else has the focus. */
function copyBySelection(text: string): boolean {
  const before = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "aloud";
  field.value = text;
  (before?.closest("dialog") ?? document.body).append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  before?.focus();
  return isDone;
}
