/** A value that is looked at again and again while a component lives, e.g. the time left. */
export function ticking<T>(look: () => T, everyMs = 250): { readonly now: T } {
  let value = $state.raw(look());
  $effect(() => {
    value = look();
    const timer = setInterval(() => (value = look()), everyMs);
    return () => clearInterval(timer);
  });
  return {
    get now() {
      return value;
    },
  };
}
