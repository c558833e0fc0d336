"""What does not fit on a page: words cut off or sticking out, and parts over each other."""

from playwright.async_api import Page

SLACK_PX = 1
"""Sizes are rounded, and a letter may lean a little out of its box."""

_MISFITS = """(slack) => {
  const width = document.documentElement.clientWidth;
  const tell = (element, what) => {
    const names = [...element.classList].filter((each) => !each.startsWith("svelte-"));
    const words = element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60);
    return `${[element.tagName.toLowerCase(), ...names].join(".")} ${what}: ${words}`;
  };
  const look = new Map();
  const style = (element) => {
    if (!look.has(element)) look.set(element, getComputedStyle(element));
    return look.get(element);
  };
  const scrolls = (element) => ["auto", "scroll"].includes(style(element).overflowX);
  const is_box = (element) => !["inline", "contents"].includes(style(element).display);
  const is_aloud = (element) => style(element).clipPath !== "none" && element.clientWidth <= 1;
  const is_within = (element, holds) => {
    for (let up = element; up; up = up.parentElement) if (holds(up)) return true;
    return false;
  };
  const boxes = [...document.body.querySelectorAll("*")].filter((each) =>
    !each.closest("svg *") && is_box(each) && each.checkVisibility({ visibilityProperty: true })
    && !is_within(each, is_aloud));
  const found = [];
  for (const box of boxes) {
    if (scrolls(box) || style(box).textOverflow === "ellipsis") continue;
    const over = box.scrollWidth - box.clientWidth;
    if (over > slack) found.push([box, `has ${over} px more than it is wide`]);
  }
  for (const box of boxes) {
    const { left, right } = box.getBoundingClientRect();
    const beyond = Math.max(-left, right - width);
    if (beyond > slack && !is_within(box.parentElement, scrolls))
      found.push([box, `lies ${Math.ceil(beyond)} px outside`]);
  }
  for (const part of document.querySelectorAll(".panels > section")) {
    const over = part.scrollHeight - part.clientHeight;
    if (part.checkVisibility() && style(part).overflowY === "visible" && over > slack)
      found.push([part, `has ${over} px more than it is high`]);
  }
  const isInnermost = ([box]) => !found.some(([other]) => other !== box && box.contains(other));
  return found.filter(isInnermost).map(([box, what]) => tell(box, what));
}"""


async def misfits(page: Page) -> list[str]:
    """Name each innermost element that is too narrow for its content or lies beside the window.

    What scrolls by itself may hold more than it shows, and an ellipsis is meant. A part of the
    table that is too low for its content lies over the next one.
    """
    return await page.evaluate(_MISFITS, SLACK_PX)


_BEYOND = """async (slack) => {
  await document.fonts.ready;
  for (let i = 0; i < 3 || (i < 30 && document.getAnimations().length > 0); i++)
    await new Promise((drawn) => requestAnimationFrame(drawn));
  const tell = (element, what) => {
    const names = [...element.classList].filter((each) => !each.startsWith("svelte-"));
    const words = element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60);
    return `${[element.tagName.toLowerCase(), ...names].join(".")} ${what}: ${words}`;
  };
  const root = document.documentElement;
  const found = [];
  if (root.scrollHeight > innerHeight) found.push(`page ${root.scrollHeight} px high`);
  if (root.scrollWidth > innerWidth) found.push(`page ${root.scrollWidth} px wide`);
  for (const each of document.querySelectorAll("#app *")) {
    const look = getComputedStyle(each);
    if (each.closest("svg *, .aloud") || !each.checkVisibility()) continue;
    const over = each.scrollHeight - each.clientHeight;
    const scrolls = ["auto", "scroll"].includes(look.overflowY);
    if (over > slack && (scrolls || each.matches("[data-fitted]")))
      found.push(tell(each, `has ${over} px more than it is high`));
    const { left, right, top, bottom } = each.getBoundingClientRect();
    const beyond = Math.max(-left, right - innerWidth, -top, bottom - innerHeight);
    if (beyond > slack && look.display !== "contents")
      found.push(tell(each, `lies ${Math.ceil(beyond)} px outside`));
  }
  return found;
}"""


async def beyond_one_screen(page: Page) -> list[str]:
    """Name what a room would have to scroll for: scroll bars, and what lies outside the window."""
    return await page.evaluate(_BEYOND, SLACK_PX)
