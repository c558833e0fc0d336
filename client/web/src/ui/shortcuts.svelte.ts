/** Whether single keys work as shortcuts; kept for the next visit (WCAG 2.1.4: they can be off). */

const STORED = "detente.shortcuts";

let areOn = $state(localStorage.getItem(STORED) !== "off");

export const shortcuts = {
  get areOn(): boolean {
    return areOn;
  },
  set areOn(on: boolean) {
    areOn = on;
    localStorage.setItem(STORED, on ? "on" : "off");
  },
};
