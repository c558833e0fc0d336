/** Keeps the keyboard's place: an element that goes away, or can no longer be used, does not take it along.
 *
 * A browser gives the focus of what is removed, hidden or disabled to the body, from where the next
 * Tab begins at the top of the page and a screen reader says nothing. Here it goes to the nearest part
 * around that place which is still there and has a name, or else to the page's main part.
 */

const PARTS =
  "[data-keeps-focus], section, nav, article[aria-labelledby], fieldset, [role=region], [role=group], [role=log], form, dialog[open], main";

/** Begin to watch a document; gives a function that ends it. */
export function keepFocus(root: Document): () => void {
  /** Where the focus was last, and what stood around it, innermost first. */
  let trail: Element[] = [];
  let isLooking = false;
  /** Whether what had the focus was taken out meanwhile; in again, it has only changed its place. */
  let wasTakenOut = false;
  const view = root.defaultView!;

  function focused({ target }: Event) {
    trail = target instanceof Element ? ancestorsOf(target) : [];
    wasTakenOut = false;
  }

  /** Browsers take the focus away while they draw, so it is looked for after that. */
  function changed(changes: readonly MutationRecord[]) {
    const last = trail[0];
    if (last === undefined) return;
    wasTakenOut ||= changes.some(({ removedNodes }) =>
      [...removedNodes].some((each) => each.contains(last)),
    );
    if (isLooking) return;
    isLooking = true;
    view.requestAnimationFrame(() => view.requestAnimationFrame(look));
  }

  function look() {
    isLooking = false;
    const active = root.activeElement;
    // while it draws, a browser may still name what is hidden already
    if (active !== null && active !== root.body && isUsable(active)) return;
    const last = trail[0];
    if (last === undefined) return; // nobody watches any more
    if (last instanceof view.HTMLElement && isUsable(last)) {
      if (wasTakenOut) last.focus({ preventScroll: true });
      return; // else it was left on purpose
    }
    const around = trail.find((each) => each.isConnected && each.matches(PARTS) && isShown(each));
    const place = around ?? root.querySelector("main");
    if (place instanceof view.HTMLElement) visit(place);
  }

  const watcher = new view.MutationObserver(changed);
  watcher.observe(root.body, { subtree: true, childList: true, attributes: true });
  root.addEventListener("focusin", focused);
  return () => {
    trail = [];
    watcher.disconnect();
    root.removeEventListener("focusin", focused);
  };
}

/** Focus what need not be a stop of the Tab key. */
function visit(place: HTMLElement): void {
  if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus({ preventScroll: true });
}

function ancestorsOf(element: Element): Element[] {
  const all: Element[] = [];
  for (let each: Element | null = element; each !== null; each = each.parentElement) all.push(each);
  return all;
}

function isUsable(element: Element): boolean {
  return element.isConnected && isShown(element) && !element.matches(":disabled");
}

function isShown(element: Element): boolean {
  if (element.closest("[hidden], [inert]") !== null) return false;
  return typeof element.checkVisibility === "function" ? element.checkVisibility() : true;
}
