// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test, vi } from "vitest";
import { language } from "../i18n/index.svelte.ts";
import TopBar from "./TopBar.svelte";

test("a language that cannot be loaded is said to be out of reach", async () => {
  vi.spyOn(language, "choose").mockResolvedValueOnce(false);
  const shown = mount(TopBar, { target: document.body });
  document.querySelector<HTMLButtonElement>("button[lang=ur]")!.click();
  await vi.waitFor(() => expect(document.body.textContent).toContain("cannot be reached"));
  await unmount(shown);
});

test("the language's button keeps the focus when the language has changed", async () => {
  const shown = mount(TopBar, { target: document.body });
  const button = document.querySelector<HTMLButtonElement>("button[lang=ur]")!;
  button.focus();
  button.click();
  await vi.waitFor(() => expect(document.body.querySelector("button[lang=en]")).not.toBeNull());
  expect(document.activeElement?.textContent.trim()).toBe("English");
  await language.choose("en");
  await unmount(shown);
});
