/** What the headers of an answer say. */

/** How a download is called; in letters of any script (RFC 6266). */
export function nameOf(headers: Headers, otherwise: string): string {
  const told = headers.get("content-disposition") ?? "";
  const spelt = /filename\*=UTF-8''([^;]+)/.exec(told)?.[1];
  return spelt ? decodeURIComponent(spelt) : (/filename="([^"]+)"/.exec(told)?.[1] ?? otherwise);
}

/** Seconds; a proxy may write a date, which is not waited for. */
export function retryAfter(headers: Headers): number | null {
  const seconds = Number.parseInt(headers.get("retry-after") ?? "", 10);
  return Number.isNaN(seconds) ? null : 1000 * seconds;
}
