/** Light or dark: as the device has it, until somebody chooses; the choice is kept. */
import { MediaQuery } from "svelte/reactivity";

const STORED = "detente.theme";

const device = new MediaQuery("prefers-color-scheme: dark");
let chosen = $state<string | null>(localStorage.getItem(STORED));
apply();

// Paper is light, whatever the screen is.
addEventListener("beforeprint", () => document.documentElement.setAttribute("data-theme", "light"));
addEventListener("afterprint", apply);

export const theme = {
  get isDark(): boolean {
    return chosen === null ? device.current : chosen === "dark";
  },
  /** Turn light into dark or dark into light. */
  turn(): void {
    chosen = theme.isDark ? "light" : "dark";
    localStorage.setItem(STORED, chosen);
    apply();
  },
};

function apply(): void {
  if (chosen === null) document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", chosen);
}
