import { isKey, t } from "../i18n/index.svelte.ts";

/** What a command did, as it stands beside the name of who gave it. */
export function commandWords(command: string): string {
  const key = `did.${command}`;
  return isKey(key) ? t(key) : command;
}
