/** Light or dark: as the device has it, until somebody chooses; the choice is kept. */
import { MediaQuery } from "svelte/reactivity";
import { memory } from "../memory.svelte.ts";

const STORED = "detente.theme";
const SCHEMES = ["light", "dark"] as const;
const DARK = "(prefers-color-scheme: dark)";

const device = new MediaQuery(DARK);
let chosen = $state(SCHEMES.find((one) => one === memory.text(STORED)) ?? null);
apply();

matchMedia(DARK).addEventListener("change", apply);
// Paper is light, whatever the screen is.
addEventListener("beforeprint", () => show("light"));
addEventListener("afterprint", apply);

export const theme = {
  get isDark(): boolean {
    return chosen === null ? device.current : chosen === "dark";
  },
  /** Turn light into dark or dark into light. */
  turn(): void {
    chosen = theme.isDark ? "light" : "dark";
    memory.keep(STORED, chosen);
    apply();
  },
};

function apply(): void {
  show(chosen ?? (matchMedia(DARK).matches ? "dark" : "light"));
}

function show(scheme: string): void {
  document.documentElement.setAttribute("data-theme", scheme);
}
