/** The screen stays on while somebody is waited for, where the browser can do that. */

/** What it needs of the browser; `lock` is missing on pages without https, and in old browsers. */
export type Screen = {
  lock: Pick<WakeLock, "request"> | undefined;
  page: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
};

const browser = (): Screen => ({
  lock: "wakeLock" in navigator ? navigator.wakeLock : undefined,
  page: document,
});

/** Keep the screen on until the function is called that this gives.
 *
 * A browser lets go of it whenever the page is out of sight, so it is asked for again. One that
 * refuses (low battery, power saving) is asked again then; the refusal stands in its console.
 */
export function keepAwake({ lock, page }: Screen = browser()): () => void {
  if (lock === undefined) return () => {};
  let held: Promise<WakeLockSentinel | null> = Promise.resolve(null);
  let isOver = false;

  function take() {
    if (page.visibilityState === "visible" && !isOver) held = asked(lock!);
  }

  take();
  page.addEventListener("visibilitychange", take);
  return () => {
    isOver = true;
    page.removeEventListener("visibilitychange", take);
    void held.then((sentinel) => sentinel?.release());
  };
}

async function asked(lock: NonNullable<Screen["lock"]>): Promise<WakeLockSentinel | null> {
  try {
    return await lock.request("screen");
  } catch (error) {
    console.warn("the screen may turn off:", error);
    return null;
  }
}
