/** Why something did not work, in the reader's language. */
import { isKey, language, t } from "../i18n/index.svelte.ts";
import { ApiError } from "../net/api.ts";

/** The server's own sentence names value, limit and remedy, but only in English. */
export function reason(code: string, message: string): string {
  const key = `reason.${code}`;
  if (isKey(key) && (language.is !== "en" || !message)) return t(key);
  return message ? message.charAt(0).toUpperCase() + message.slice(1) : t("reason.unknown");
}

/** An error of the API; anything else is a bug and goes on as one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof ApiError)) throw error;
  return error.code === "offline" ? t("reason.offline") : reason(error.code, error.message);
}
