/** Whether single keys work as shortcuts; kept for the next visit (WCAG 2.1.4: they can be off). */
import { memory } from "../memory.svelte.ts";

const STORED = "detente.shortcuts";

let areOn = $state(memory.text(STORED) !== "off");

export const shortcuts = {
  get areOn(): boolean {
    return areOn;
  },
  set areOn(on: boolean) {
    areOn = on;
    memory.keep(STORED, on ? "on" : "off");
  },
};
