import { mount } from "svelte";
import App from "./App.svelte";
import "./design/tokens.css";
import "./design/base.css";
import "./ui/theme.svelte.ts";
import { language } from "./i18n/index.svelte.ts";

const target = document.getElementById("app");
if (!target) throw new Error("index.html has no #app to mount on");
await language.begin();
await new Promise((answered) => setTimeout(answered)); // the code was read in one task, the page is made in another
target.replaceChildren(); // the words for whom the page does not come to life
mount(App, { target });
