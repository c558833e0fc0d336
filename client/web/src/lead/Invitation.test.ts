// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { afterEach, expect, test } from "vitest";
import QrCode from "../ui/QrCode.svelte";
import Invitation from "./Invitation.svelte";

const CODE = "ABCD-EFGH";

let shown: ReturnType<typeof mount>[] = [];

afterEach(() => {
  for (const one of shown) void unmount(one);
  shown = [];
  document.head.innerHTML = document.body.innerHTML = "";
});

/** The squares of the only QR code on the page. */
function squares(): string | null | undefined {
  return document.querySelector(".qr path, svg[role=img] path")?.getAttribute("d");
}

function invited(publicUrl: string | null): { link: string | null | undefined; warned: boolean } {
  if (publicUrl !== null)
    document.head.innerHTML = `<meta name="detente-page" content="${publicUrl}" />`;
  shown = [mount(Invitation, { target: document.body, props: { code: CODE } })];
  const link = document.querySelector(".link")?.textContent;
  return { link, warned: document.querySelector(".warn") !== null };
}

test.each([
  ["https://play.example.org/", false],
  ["https://example.org/detente/", false],
  [null, true],
])("the link and the QR code lead to where others reach the server: %s", (publicUrl, warned) => {
  const wanted = `${publicUrl ?? `${location.origin}/`}#/join/${CODE}`;
  expect(invited(publicUrl)).toEqual({ link: wanted, warned });
  const drawn = squares();
  document.body.innerHTML = "";
  shown.push(mount(QrCode, { target: document.body, props: { text: wanted, label: "" } }));
  expect(drawn).toBeTruthy();
  expect(squares()).toBe(drawn);
});
