// The page as a whole: which panel is shown, whether the service is there, light or dark, and the key.

import { h, put, head, notice, dialog, announce } from "./elements.js";
import { LiveStream, service, setKey } from "./service.js";
import { live } from "./live.js";
import { questions } from "./traces.js";
import { story } from "./story.js";
import { skills } from "./skills.js";
import { playground } from "./playground.js";
import { bench } from "./bench.js";
import { manage } from "./manage.js";

const panels = { live, questions, skills, playground, bench, manage };
const main = document.getElementById("main");

const stateTexts = {
  connecting: "Connecting", on: "Live", off: "Not reachable, trying again", paused: "Paused", refused: "No access",
};
const stream = new LiveStream((state, error) => {
  const link = document.getElementById("link");
  if (link.dataset.state === state) return;
  link.dataset.state = state;
  document.getElementById("link-text").textContent = stateTexts[state];
  if (state === "refused" && error.status !== 401) refused(error);
});

let leave = null;
let shownPath = null;

/** Shows what the address says: `#questions/ID?route=auto`. */
function show() {
  const [path, search] = location.hash.slice(1).split("?");
  const [name, ...rest] = path.split("/");
  const chosen = panels[name] ? name : "live";
  const target = rest.length ? decodeURIComponent(rest.join("/")) : null;
  const parameters = new URLSearchParams(search ?? "");
  const same = shownPath === path;
  shownPath = path;
  leave?.();
  for (const link of document.querySelectorAll(".side nav a")) {
    if (link.hash === `#${chosen}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const place = h("div", { class: "panel" });
  put(main, place);
  const panel = chosen === "questions" && target ? story : panels[chosen];
  leave = panel(place, { target, parameters, stream }) ?? null;
  const title = main.querySelector("h1");
  document.title = `${title?.textContent ?? "Muster"} · Muster`;
  if (!same && document.activeElement !== document.body && document.body.dataset.opened) title?.focus();
  document.body.dataset.opened = "yes";
  if (!same) scrollTo(0, 0);
}

function refused(error) {
  put(main, h("div", { class: "panel" }, head("No access"), notice("bad", error.message),
    h("button", { type: "button", onclick: askForKey }, "Use another key")));
}

let keyBox = null;
function askForKey() {
  if (keyBox) return;
  const field = h("input", { type: "password", name: "key", autocomplete: "off", spellcheck: "false", required: true });
  const form = h("form", { onsubmit: (event) => {
    event.preventDefault();
    setKey(field.value.trim());
    keyBox.close();
    begin();
  } },
  h("p", null, "This service asks for a key: one of ", h("code", null, "server.api_keys"), ". It is kept for this tab alone."),
  h("label", null, "Key", field),
  h("footer", null, h("button", { type: "submit", class: "primary" }, "Continue")));
  keyBox = dialog("Who is there?", null, form, { narrow: true, closed: () => { keyBox = null; } });
  field.focus();
}

function begin() {
  service(true).then((about) => {
    document.getElementById("version").textContent = about.version ? `Muster ${about.version}` : "";
  }).catch(() => {});
  stream.open();
  shownPath = null;
  show();
}

const theme = document.getElementById("theme");
const themed = () => { theme.querySelector("span").textContent = `Theme: ${window.musterTheme.choice}`; };
theme.addEventListener("click", () => { announce(`Theme: ${window.musterTheme.next()}`); themed(); });
themed();

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();  // the address says which panel is shown
  main.focus();
});
window.addEventListener("muster-key-wanted", askForKey);
window.addEventListener("hashchange", show);
begin();
