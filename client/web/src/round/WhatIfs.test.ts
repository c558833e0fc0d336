// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { resolved } from "../rules/sample-events.ts";
import { summit } from "../rules/samples.ts";
import type { WhatIf } from "../rules/what-if.ts";
import WhatIfs from "./WhatIfs.svelte";

test("another choice that pays the same is not told as a change", async () => {
  const [arena] = summit().arenas;
  const whatIf = { arena: arena!, action: "C", arenas: 0, stretch: 0, pacts: 0 } as const;
  const round = resolved(1, { gains: { CHN: 3.1 } });
  const said = async (each: WhatIf) => {
    const props = { whatIfs: [each], round, mine: "CHN" };
    const shown = mount(WhatIfs, { target: document.body, props });
    const found = document.querySelector("[data-what-if]")?.textContent.trim();
    await unmount(shown);
    return found;
  };
  expect(await said({ ...whatIf, gain: 3.12 })).toBe(
    "The Summit: had you cooperated, the same +3.1.",
  );
  expect(await said({ ...whatIf, gain: 4 })).toBe(
    "The Summit: had you cooperated, +4 instead of +3.1.",
  );
});
