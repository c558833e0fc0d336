/** Whether the list of keys stands open. */
export const help = $state({ isOpen: false });
