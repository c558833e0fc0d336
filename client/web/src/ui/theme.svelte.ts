/** Light, dark, or as the device has it; kept for the next visit. */

export type Theme = "auto" | "light" | "dark";

const STORED = "detente.theme";

let current = $state<Theme>(stored());
apply();

export const theme = {
  get is(): Theme {
    return current;
  },
  choose(next: Theme): void {
    current = next;
    localStorage.setItem(STORED, next);
    apply();
  },
};

function stored(): Theme {
  const value = localStorage.getItem(STORED);
  return value === "light" || value === "dark" ? value : "auto";
}

function apply(): void {
  const root = document.documentElement;
  if (current === "auto") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", current);
}
