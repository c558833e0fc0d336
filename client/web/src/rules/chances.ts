/** A chance as a number; what is no number is not shown. */
export function chance(text: string): number {
  const [over, under] = text.split("/").map(Number);
  return under === undefined ? over! : over! / under;
}
