/** What kind of game an arena is, by the order of its four payoffs. */
export type GameClass =
  | "prisoners_dilemma"
  | "deadlock"
  | "constant_sum"
  | "stag_hunt"
  | "chicken"
  | "battle_of_the_sexes"
  | "harmony";
