/** What people type, as the server reads it. */

/** Letters without a picture; must agree with `game_rules/texts.py`. */
const FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0\u2800";
const NO_CHARACTER = /^\p{Noncharacter_Code_Point}$/u;
const PICTURE = /^[\p{L}\p{N}\p{P}\p{S}\p{Cn}]$/u;

/** Whether anything of a name can be seen: a text of nothing else is no name for the server. */
export function isVisible(text: string): boolean {
  return [...text.normalize("NFKC")].some(
    (sign) => PICTURE.test(sign) && !NO_CHARACTER.test(sign) && !FILLERS.includes(sign),
  );
}
