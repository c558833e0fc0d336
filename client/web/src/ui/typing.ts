/** Whether somebody types, or holds a modifier: then single keys mean nothing else. */
export function isTyping({ target, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey) return true;
  if (!(target instanceof Element)) return false;
  return (
    target.closest("input:not([type=checkbox], [type=radio], [type=range]), select, textarea") !==
    null
  );
}
