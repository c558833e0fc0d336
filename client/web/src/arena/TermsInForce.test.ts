// @vitest-environment jsdom
import { mount, unmount } from "svelte";
import { expect, test } from "vitest";
import { fold } from "../rules/evolve.ts";
import { BLANK, changedBy, created, summit, summitInForce, WARY } from "../rules/samples.ts";
import { chosen, resolved } from "../rules/sample-events.ts";
import { language } from "../i18n/index.svelte.ts";
import type { Arena, Effect, Position, RoundResolved } from "../wire/types.ts";
import { seatNames } from "../words/words.ts";
import TermsInForce from "./TermsInForce.svelte";

/** What a card of the Summit says to a seat: its own changes, and those of others. */
async function said(
  mine: string | null,
  written = summit(),
  arenas = summitInForce(),
  last: { before: Position; round: RoundResolved } | null = null,
): Promise<{ own: string[]; others: string[] }> {
  const props = { arena: arenas[0]!, written, arenas, last, mine, nameOf: seatNames(written) };
  const shown = mount(TermsInForce, { target: document.body, props });
  const texts = (part: string) =>
    [...document.querySelectorAll(`${part} li`)].map((each) => each.textContent.trim());
  const found = { own: texts(".own"), others: texts("details") };
  await unmount(shown);
  return found;
}

const INSTITUTION = "because the institution here, at 20%, makes it easier to cooperate.";

test("a card says from what to what a term went, and why, step by step", async () => {
  expect((await said("CHN")).own).toEqual([
    `the loss from cooperating alone: 2, now 1.8, ${INSTITUTION}`,
    `the cost of cooperating: 2, now 1.9, ${INSTITUTION}`,
    "the cost of cooperating: 1.9, now 4.3, because Quad and AUKUS held the round before, and you are outside.",
  ]);
  expect((await said("CHN")).others).toEqual([]);
});

test("in fog a card says that blocs and links count as they were in truth", async () => {
  const text = async (monitoring: number, mine: string | null = "CHN") => {
    const written = summit({ monitoring });
    const props = { arena: summitInForce()[0]!, written, arenas: summitInForce(), mine };
    const nameOf = seatNames(written);
    const shown = mount(TermsInForce, { target: document.body, props: { ...props, nameOf } });
    const found = document.body.textContent;
    await unmount(shown);
    return found;
  };
  const truth = "What held last round counts here as it was in truth";
  expect(await text(0.9)).toContain(truth);
  expect(await text(0.9, "AUS")).toContain(truth);
  expect(await text(0.9, null)).not.toContain(truth);
  expect(await text(1)).not.toContain(truth);
});

test("a cause that changes nothing is not told", async () => {
  const [first, ...rest] = summit().arenas as [Arena, ...Arena[]];
  const safe = changedBy(first, [
    { parameter: "e", cause: "in_crisis", seats: [], factor: 0, added: 0, because: [] },
  ]);
  const now = changedBy(safe, summitInForce()[0]!.changes!);
  const { own } = await said("CHN", { ...summit(), arenas: [safe, ...rest] }, [now, ...rest]);
  expect(own).toHaveLength(2);
});

test("what changed for others alone is told apart, and by name", async () => {
  const { own, others } = await said("USA");
  expect(own).toHaveLength(2);
  expect(others).toEqual([
    `China, the cost of cooperating: 2, now 1.9, ${INSTITUTION}`,
    "China, the cost of cooperating: 1.9, now 4.3, because Quad and AUKUS held the round before, and China is outside.",
  ]);
});

test("a link says that it lowers what defecting pays here, by what the other arena brought", async () => {
  const [first, ...rest] = summit().arenas as [Arena, ...Arena[]];
  const link = { parameter: "g", cause: "link", seats: ["CHN"], because: ["quad"] } as const;
  const linked = changedBy(first, [{ ...link, factor: 1, added: -0.5 }]);
  expect((await said("CHN", summit(), [linked, ...rest])).own).toEqual([
    "the temptation to exploit cooperators: 1.5, now 1, because it is linked to Quad: the more held there the round before, the less a seat that defects is paid here.",
  ]);
});

/** The first round of the Summit, played with these arenas, in which China and the United States pressed. */
function after(arenas: readonly Arena[], effects: readonly Effect[] = []) {
  const start = created(summit());
  const before = { ...fold([start])!, rules_version: 2, round: 1, arenas, effects };
  const results = [chosen({ CHN: "D", USA: "D" }, { arena: "summit" })];
  return { before, round: resolved(1, { results, standing: BLANK }) };
}

test("a crisis says why it opened, that the brink is left, and that nobody backs a side any more", async () => {
  const stakes = { T: 1, R: 0, P: -6, S: -2 };
  const written = { ...summit(), stakes };
  const open = (own: number, other: number): Arena => ({
    ...summit().arenas[0]!,
    name: "crisis_chn_usa",
    members: ["CHN", "USA"],
    game: { type: "bimatrix", row: { ...stakes, P: own }, column: { ...stakes, P: other } },
  });
  const told = (was: readonly Arena[], is: readonly Arena[]) =>
    said("CHN", written, is, after(was));
  expect((await told(summitInForce(), [open(-6, -6)])).own).toEqual([
    "You and the United States: calm, now crisis, because both defected wherever the two met, as far as you know.",
  ]);
  expect((await told([open(-12, -6)], [open(-6, -6)])).own).toEqual([
    "the points if nobody yields: −9, now −6, because one of you stepped back.",
    "The backing of the United States no longer counts: its pact did not hold last round, or both sides are backed.",
    "You and the United States: brink, now crisis, because one of the two stepped back in the crisis.",
  ]);
});

test("what counted last round and counts no more is told on the card, with the reason", async () => {
  const last = after(summitInForce());
  const [first, ...rest] = summitInForce() as [Arena, ...Arena[]];
  const now = [changedBy(summit().arenas[0]!, first.changes!.slice(0, 2)), ...rest];
  const gone = (name: string) =>
    `What shadows add to the cost of cooperating for ${name}: 2.4, now 0, because Quad and AUKUS did not hold last round.`;
  expect((await said("CHN", summit(), now, last)).own).toContain(gone("you"));
  expect((await said("USA", summit(), now, last)).others).toContain(gone("China"));
  expect((await said(null, summit(), now, last)).others).toContain(gone("China"));
});

test("who has no seat there is told what changed for all once", async () => {
  const { own, others } = await said(null);
  expect(own).toEqual([]);
  expect(others).toEqual([
    `the loss from cooperating alone: 2, now 1.8, ${INSTITUTION}`,
    `China, the cost of cooperating: 2, now 1.9, ${INSTITUTION}`,
    expect.stringContaining("China, the cost of cooperating: 1.9, now 4.3, because Quad"),
    `United States, Australia, and Relief agency, the cost of cooperating: 2, now 1.9, ${INSTITUTION}`,
  ]);
});

test("rivals in a crisis, or on the brink, are not called strained", async () => {
  const written = { ...summit(), stakes: { T: 1, R: 0, P: -6, S: -2 } };
  const [first, ...rest] = summit().arenas as [Arena, ...Arena[]];
  const wary = { cause: "wary", factor: 1, because: ["CHN", "USA"] } as const;
  const saidOn = async (rung: number, P: number) => {
    const both = { ...wary, parameter: "e", seats: ["CHN", "USA"], added: 1 } as const;
    const trade = { ...wary, parameter: "b", seats: [], added: -rung } as const;
    const crisis: Arena = {
      ...first,
      name: "crisis_chn_usa",
      members: ["CHN", "USA"],
      game: { type: "bimatrix", row: { ...written.stakes, P }, column: { ...written.stakes, P } },
    };
    const open = rung > 1 ? [crisis] : [];
    return (await said("CHN", written, [changedBy(first, [both, trade]), ...rest, ...open])).own;
  };
  expect((await saidOn(1, 0))[1]).toContain(
    "7, now 6, because you and the United States are strained",
  );
  const [exposed, traded] = await saidOn(2, -6);
  expect(exposed).toContain("are rivals in a crisis and wary of each other.");
  expect(traded).toContain(
    "7, now 5, because you and the United States are rivals in a crisis, and",
  );
  const [, onBrink] = await saidOn(3, -9);
  expect(onBrink).toContain(
    "now 4, because you and the United States are rivals on the brink, and",
  );
});

test("a crisis says that it is on the brink, and whom an alliance backs", async () => {
  const stakes = { T: 1, R: 0, P: -6, S: -2 };
  const [row, column] = [-12, -6].map((P) => ({ ...stakes, P }));
  const crisis: Arena = {
    ...summit().arenas[0]!,
    name: "crisis_chn_usa",
    members: ["CHN", "USA"],
    game: { type: "bimatrix", row: row!, column: column! },
  };
  const arenas = [crisis, ...summitInForce().slice(1)];
  expect((await said("CHN", { ...summit(), stakes }, arenas)).own).toEqual([
    "the points if nobody yields: −6, now −9, because both pressed last round. This is the brink.",
    "the points if nobody yields: −9, now −12, because the United States had the backing of an ally last round (AUKUS): what that adds to one side it takes from the other.",
  ]);
});

test("Urdu says it too", async () => {
  await language.choose("ur");
  const { own } = await said("CHN");
  await language.choose("en");
  expect(own[2]).toContain("وجہ: اس سے پہلے کے دور میں قائم رہے");
});

test("the other half of my rivalry is told with its own figures", async () => {
  const written = summit();
  const [first, ...others] = written.arenas as [Arena, ...Arena[]];
  const exposed = changedBy(first, [
    { parameter: "e", cause: "in_crisis", seats: ["CHN"], factor: 1, added: 1, because: [] },
  ]);
  const inForce = changedBy(exposed, [WARY]);
  const told = await said("USA", { ...written, arenas: [exposed, ...others] }, [
    inForce,
    ...others,
  ]);
  const because = "because you and China are strained rivals and wary of each other.";
  expect(told).toEqual({
    own: [`the loss from cooperating alone: 2, now 3, ${because}`],
    others: [`China, the loss from cooperating alone: 3, now 4, ${because}`],
  });
});

test("what news changed is the last step, and a seat's chain ends at what pays", async () => {
  const [first, ...others] = summit().arenas as [Arena, ...Arena[]];
  const all = { cause: "exercise", seats: [], factor: 1, added: 1, because: ["CHN"] } as const;
  const some = { cause: "second_source", seats: ["USA"], added: 0, because: ["CHN"] } as const;
  const changes = [
    { ...all, parameter: "b" },
    { ...some, parameter: "b", factor: 0.9 },
  ];
  const news = { ...all, parameter: "b", added: -1 };
  const arena = changedBy(first, [...changes, news]);
  const told = await said("CHN", summit(), [{ ...arena, changes }, ...others]);
  const short = (some: readonly string[]) => some.map((each) => each.split(", because")[0]);
  expect(short(told.own)).toEqual([
    "the benefit of the public good: 7, now 8",
    "the benefit of the public good: 8, now 7",
  ]);
  expect(told.own[1]).toContain("because the news changed it.");
  expect(short(told.others)).toEqual([
    "United States, the benefit of the public good: 7, now 8",
    "United States, the benefit of the public good: 8, now 7.2",
    "United States, the benefit of the public good: 7.2, now 6.2",
  ]);
});

test("a link that ends for several seats is told once", async () => {
  const [first, ...rest] = summitInForce() as [Arena, ...Arena[]];
  const link = {
    parameter: "g",
    cause: "link",
    because: ["quad"],
    factor: 1,
    added: -0.5,
  } as const;
  const changes = ["USA", "AUS"].map((seat) => ({ ...link, seats: [seat] }));
  const last = after([{ ...first, changes }, ...rest]);
  const now = [{ ...first, changes: [] }, ...rest];
  const { others } = await said(null, summit(), now, last);
  expect(others.filter((words) => words.startsWith("The link"))).toEqual([
    "The link with Quad no longer counts, because its rounds are over.",
  ]);
});

test("each number is followed to the one that pays before the next begins", async () => {
  const [first, ...rest] = summitInForce() as [Arena, ...Arena[]];
  const changes = [...first.changes!, WARY];
  const now = [changedBy(summit().arenas[0]!, changes), ...rest];
  const figures = (await said("CHN", summit(), now)).own.map((each) => each.split(", because")[0]);
  expect(figures).toEqual([
    "the loss from cooperating alone: 2, now 1.8",
    "the loss from cooperating alone: 1.8, now 2.8",
    "the cost of cooperating: 2, now 1.9",
    "the cost of cooperating: 1.9, now 4.3",
  ]);
});
