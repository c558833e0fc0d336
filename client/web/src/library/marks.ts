/** The small pictures that stand for how a match went. */
import type { IconName } from "../design/icons.ts";
import type { Concept, Outlook } from "../wire/types.ts";

export const OUTLOOK_MARKS: Readonly<
  Record<Outlook, { icon: IconName; tone: "good" | "plain" | "bad" }>
> = {
  optimistic: { icon: "rising", tone: "good" },
  contested: { icon: "opposed", tone: "plain" },
  pessimistic: { icon: "falling", tone: "bad" },
};

export const INCIDENT_MARKS: Readonly<Record<Concept, IconName>> = {
  crisis: "bolt",
  abandonment: "leaving",
  entrapment: "chained",
  spiral: "spiral",
  fragmentation: "halves",
  brink: "cliff",
  leverage: "lever",
};
