/** The drawing board: any screen over a made-up match, without a server. `vite dev`, /dev.html?... */
import { mount } from "svelte";
import Board from "./Board.svelte";
import "../design/tokens.css";
import "../design/base.css";
import { language, type Lang } from "../i18n/index.svelte.ts";

const query = new URLSearchParams(location.search);
const theme = query.get("theme");
if (theme) localStorage.setItem("detente.theme", theme);
language.choose((query.get("lang") ?? "en") as Lang);
mount(Board, { target: document.getElementById("app")! });
