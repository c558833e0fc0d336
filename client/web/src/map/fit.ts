/** How the sheet of the chart lies under the window that shows it. */
import { boundsOf, clamp, type Point, type Size } from "./geometry.ts";

/** A point of the sheet (x, y) is seen at (x·scale + dx, y·scale + dy). */
export type Fit = { scale: number; dx: number; dy: number };
export type Insets = { top: number; end: number; bottom: number; start: number };

/** Nothing is enlarged beyond what the outlines were simplified for. */
const LARGEST_SCALE = 1.25;

/** Lay the sheet so that all places are in the window, clear of the insets, and fill it well.

    The sheet's edges cut land, so they stay out of the window as far as may be. */
export function fitChart(places: readonly Point[], sheet: Size, view: Size, insets: Insets): Fit {
  const box = boundsOf(places);
  const free = {
    width: Math.max(view.width - insets.start - insets.end, 1),
    height: Math.max(view.height - insets.top - insets.bottom, 1),
  };
  const scale = Math.min(
    free.width / Math.max(box.width, 1),
    free.height / Math.max(box.height, 1),
    LARGEST_SCALE,
  );
  const centre = { x: insets.start + free.width / 2, y: insets.top + free.height / 2 };
  const dx = centre.x - (box.x + box.width / 2) * scale;
  const dy = centre.y - (box.y + box.height / 2) * scale;
  return {
    scale,
    dx: keptOn(dx, view.width, sheet.width * scale),
    dy: keptOn(dy, view.height, sheet.height * scale),
  };
}

/** Keep the window on the sheet; a window that is larger has the sheet in its middle. */
function keptOn(shift: number, view: number, sheet: number): number {
  return sheet < view ? (view - sheet) / 2 : clamp(shift, view - sheet, 0);
}

export function project(fit: Fit, place: Point): Point {
  return { x: place.x * fit.scale + fit.dx, y: place.y * fit.scale + fit.dy };
}
