// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { share } from "./copying.ts";

const URL = "https://detente.example/#/replay/m1";
let copied: string[];

beforeEach(() => {
  copied = [];
  const writeText = (text: string) => Promise.resolve(void copied.push(text));
  vi.stubGlobal("navigator", { clipboard: { writeText } });
});
afterEach(() => vi.unstubAllGlobals());

/** A device that has a list of ways to share, and what comes of it. */
function device(share: (data: ShareData) => Promise<void>): void {
  vi.stubGlobal("navigator", { ...navigator, clipboard: navigator.clipboard, share });
}

test("where the device shares, nothing is copied", async () => {
  const given: ShareData[] = [];
  device((data) => Promise.resolve(void given.push(data)));
  expect(await share("South China Sea", URL)).toBe(false);
  expect(given).toEqual([{ title: "South China Sea", url: URL }]);
  expect(copied).toEqual([]);
});

test("where it does not, the link is copied", async () => {
  expect(await share("South China Sea", URL)).toBe(true);
  expect(copied).toEqual([URL]);
});

test("whoever closes the device's list gets no copy, and a list that fails gives one", async () => {
  device(() => Promise.reject(new DOMException("closed", "AbortError")));
  expect(await share("South China Sea", URL)).toBe(false);
  expect(copied).toEqual([]);
  device(() => Promise.reject(new DOMException("not here", "NotAllowedError")));
  expect(await share("South China Sea", URL)).toBe(true);
  expect(copied).toEqual([URL]);
});
