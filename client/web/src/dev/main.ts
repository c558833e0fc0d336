/** The drawing board: any screen over a made-up match, without a server. `vite dev`, /dev.html?... */
import { mount } from "svelte";
import Board from "./Board.svelte";
import "../design/tokens.css";
import "../design/base.css";
import { language } from "../i18n/index.svelte.ts";
import { log, type FixtureName } from "./fixture.ts";
import type { GameEvent } from "../wire/types.ts";

const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme) localStorage.setItem("detente.theme", theme);
await language.choose(query.get("lang") ?? "en");
const events = await made();
mount(Board, { target: document.getElementById("app")!, props: { events, made: await counsel() } });

/** The events of a file (`log=/path.json`, an array), or of a made-up match. */
async function made(): Promise<GameEvent[]> {
  const file = query.get("log");
  if (file) return (await (await fetch(file)).json()) as GameEvent[];
  const phase = (query.get("phase") ?? "reveal") as "reveal";
  const name = (query.get("fixture") ?? "sea") as FixtureName;
  return log(name, { round: Number(query.get("round") ?? 3), phase }, query.get("me") ?? "PHL");
}

/** What the house would say, from a file (`counsel=/path.json`). */
async function counsel() {
  const file = query.get("counsel");
  if (!file) return null;
  const made = await (await fetch(file)).json();
  return { advice: async () => made.advice, moves: async () => made.moves };
}
