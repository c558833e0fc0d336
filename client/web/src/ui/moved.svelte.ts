/** Whoever is moved to another match comes there by way of the seminar; this remembers why. */
class Moved {
  /** The seminar in which this page was moved from one match to another, until that was read. */
  within = $state<string | null>(null);
}

export const moved = new Moved();
