/** Something that the server is asked for and may refuse: whether it is under way, and why it was refused. */
import { reasonOf } from "./reasons.ts";

export class Attempt {
  isBusy = $state(false);
  /** In the reader's language; empty where nothing was refused. */
  problem = $state("");
  readonly problems = $derived(this.problem ? [this.problem] : []);

  /** What was asked for, or null where it was refused; words: the sentence that a reason stands in. */
  async run<T>(ask: () => Promise<T>, words = (reason: string) => reason): Promise<T | null> {
    this.isBusy = true;
    this.problem = "";
    try {
      return await ask();
    } catch (error) {
      this.problem = words(reasonOf(error));
      return null;
    } finally {
      this.isBusy = false;
    }
  }
}
