/** Errors that nothing else has told of: no click ends in silence. */
import { reasonOf } from "./reasons.ts";
import { ApiError } from "../net/api.ts";

class Trouble {
  /** What went wrong last, for whoever mends it; null where there is nothing to say. */
  detail = $state<string | null>(null);
  /** How often something went wrong. */
  count = $state(0);

  note(error: unknown): void {
    this.detail = detailOf(error);
    this.count += 1;
  }

  dismiss(): void {
    this.detail = null;
  }
}

export const trouble = new Trouble();

/** The server's reason in the reader's language, or an error's own words. */
export function detailOf(error: unknown): string {
  return error instanceof ApiError ? reasonOf(error) : String(error);
}

/** Note every error that nobody catches; gives a function that ends it. */
export function noteErrors(page: Window, into: Pick<Trouble, "note"> = trouble): () => void {
  // Without an error it is another site's script, or a notice of the browser's that harms nothing.
  const thrown = ({ error }: ErrorEvent) => error != null && into.note(error);
  const rejected = ({ reason }: PromiseRejectionEvent) => into.note(reason);
  page.addEventListener("error", thrown);
  page.addEventListener("unhandledrejection", rejected);
  return () => {
    page.removeEventListener("error", thrown);
    page.removeEventListener("unhandledrejection", rejected);
  };
}
