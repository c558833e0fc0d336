/** Where one meets what the paper says: the claim, a scenario that plays it, and the part of which screen. */
import type { Key } from "../i18n/index.svelte.ts";

type Place = { readonly claim: Key; readonly scenario: string; readonly at: readonly [Key, Key] };

export const PAPER: readonly Place[] = [
  {
    claim: "about.claim.trust",
    scenario: "asean_confidence_building",
    at: ["panel.decide", "move.title"],
  },
  {
    claim: "about.claim.diversify",
    scenario: "bri_corridors",
    at: ["panel.decide", "move.title"],
  },
  { claim: "about.claim.issues", scenario: "india_pakistan", at: ["panel.decide", "move.title"] },
  { claim: "about.claim.theory", scenario: "taiwan_strait", at: ["panel.decide", "advice.title"] },
  {
    claim: "about.claim.institutions",
    scenario: "sco_central_asia",
    at: ["panel.decide", "move.title"],
  },
  { claim: "about.claim.blocs", scenario: "quad_and_eas", at: ["panel.decide", "card.why"] },
  {
    claim: "about.claim.autonomy",
    scenario: "bri_corridors",
    at: ["panel.scores", "score.view.standing"],
  },
  { claim: "about.claim.schools", scenario: "india_pakistan", at: ["panel.decide", "lens.toggle"] },
  { claim: "about.claim.futures", scenario: "south_china_sea", at: ["sheet.title", "bands.title"] },
];
