/** How wide a name will be, before it is drawn. */

let context: CanvasRenderingContext2D | null | undefined;

/** font: as in CSS, e.g. "600 14px serif". Without a canvas, a guess from the number of letters. */
export function textWidth(text: string, font: string): number {
  context ??= typeof CanvasRenderingContext2D === "undefined" ? null : canvasContext();
  const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)?.[1] ?? 16);
  if (!context) return text.length * size * 0.6;
  context.font = font;
  return context.measureText(text).width;
}

function canvasContext(): CanvasRenderingContext2D | null {
  return document.createElement("canvas").getContext("2d");
}
