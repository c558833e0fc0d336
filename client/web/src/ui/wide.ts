import { MediaQuery } from "svelte/reactivity";

/** Whether there is room for the parts of the table side by side; a phone shows one at a time. */
export const wide = new MediaQuery("(width >= 48rem)");
