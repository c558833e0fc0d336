/** What stands on the tabs of a table on a phone: what each part is about now, and what waits there. */
import { t } from "../i18n/index.svelte.ts";
import type { Tab, TabLabel } from "../ui/TabBar.svelte";
import type { Stage } from "../ui/leading.ts";

/** What somebody at a table has not seen or done yet, in numbers. */
export type Waiting = {
  choices: number;
  proposals: number;
  messages: number;
  /** Whether a reveal has come that was not looked at. */
  isRevealNew: boolean;
};

/** The tabs; current: the one that is shown. */
export function tableTabs(stage: Stage, current: Tab, waiting: Waiting): TabLabel[] {
  return [
    { tab: "map", icon: "map", label: t("panel.map"), news: "" },
    {
      tab: "decide",
      icon: "decide",
      label: decideTitle(stage),
      news: decideNews(current, waiting),
      isPressing: stage.phase === "decision" && waiting.choices > 0,
    },
    {
      tab: "talk",
      icon: "talk",
      label: t(stage.hasTalk ? "panel.talk" : "panel.messages"),
      news: talkNews(waiting),
    },
    { tab: "scores", icon: "scores", label: t("panel.scores"), news: "" },
  ];
}

/** What the part of the phase is called. */
export function decideTitle({ phase }: Stage): string {
  if (phase === "briefing") return t("panel.briefing");
  if (phase === "debrief") return t("phase.debrief");
  return t(phase === "reveal" ? "panel.reveal" : "panel.decide");
}

function decideNews(current: Tab, { choices, isRevealNew }: Waiting): string {
  if (choices > 0) return t("panel.open", { count: choices });
  return isRevealNew && current !== "decide" ? t("panel.reveal") : "";
}

function talkNews({ proposals, messages }: Waiting): string {
  const news = [
    proposals > 0 ? t("deal.waiting", { count: proposals }) : "",
    messages > 0 ? t("panel.unread", { count: messages }) : "",
  ];
  return news.filter(Boolean).join(", ");
}
