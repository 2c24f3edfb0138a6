// Questions: the list of kept traces, newest first, by route, expert, skill, outcome and cost.

import { h, put, head, pill, chips, table, select, empty, trouble, announce } from "./elements.js";
import { read, service, query } from "./service.js";
import { count, seconds, dollars, when, outcome, percent } from "./figures.js";

const names = ["route", "expert", "skill", "outcome", "min_cost", "max_cost"];
const pageSize = 50;

function row(line) {
  const [text, kind] = outcome(line.outcome);
  return h("tr", { class: "opens", onclick: (event) => {
    if (!event.target.closest("a") && !getSelection().toString()) location.hash = `questions/${line.id}`;
  } },
  h("td", { class: "number" }, h("a", { href: `#questions/${line.id}` }, when(line.at))),
  h("td", null, pill(text, kind)),
  h("td", { class: "nowrap" }, line.route, h("span", { class: "sub" }, line.strategy)),
  h("td", { class: "wide" }, line.skills.length ? chips(line.skills) : h("span", { class: "muted" }, "–")),
  h("td", { class: "wide" }, chips(line.experts)),
  h("td", { class: "right number" }, seconds(line.seconds)),
  h("td", { class: "right number", "data-name": "tokens" }, count(line.prompt_tokens + line.completion_tokens)),
  h("td", { class: "right number" }, dollars(line.dollars)),
  h("td", { class: "right number", "data-name": "rated" }, line.score === undefined ? "" : percent(line.score)));
}

const columns = [
  { name: "time" }, { name: "outcome" }, { name: "route" }, { name: "skills" }, { name: "experts" },
  { name: "seconds", right: true }, { name: "tokens", right: true }, { name: "cost", right: true }, { name: "rated", right: true },
];

export function questions(place, { parameters }) {
  const chosen = Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? ""]));
  const filters = h("form", { class: "fields", role: "search", onsubmit: (event) => event.preventDefault() });
  const list = h("div");
  const status = h("p", { class: "muted small", role: "status" });
  const more = h("button", { type: "button", hidden: true }, "Show more");
  let stopped = false;
  let body = null;
  let next = null;
  let shown = 0;

  const load = async (after) => {
    more.disabled = true;
    const began = performance.now();
    try {
      const page = await read(`/insight/traces${query({ ...chosen, after, limit: pageSize })}`);
      if (stopped) return;
      next = page.next ?? null;
      shown += page.data.length;
      if (!after) {
        const drawn = page.data.length
          ? table("Questions, newest first", columns, page.data.map(row), { class: "cards" })
          : empty(names.some((name) => chosen[name])
            ? ["No kept question fits. ", h("a", { href: "#questions" }, "Show all"), "."]
            : ["No questions yet. Ask one in the ", h("a", { href: "#playground" }, "playground"), "."]);
        put(list, drawn);
        body = drawn.querySelector("tbody");
      } else {
        body.append(...page.data.map(row));
      }
      status.textContent = page.data.length
        ? `${count(shown)} shown${next ? "" : ", that is all"} · read in ${seconds((performance.now() - began) / 1000)}` : "";
      if (after) announce(`${page.data.length} more`);
      more.hidden = !next;
    } catch (error) {
      if (!stopped) put(list, trouble(error));
    }
    more.disabled = false;
  };
  more.addEventListener("click", () => load(next));

  const change = () => {
    for (const field of filters.elements) if (names.includes(field.name)) chosen[field.name] = field.value.trim();
    history.replaceState(null, "", `#questions${query(chosen)}`);
    shown = 0;
    load(null);
  };

  const build = (about) => {
    const dollarsField = (name, text) => h("label", null, text, h("input", {
      name, type: "number", min: 0, step: "any", inputmode: "decimal", placeholder: "any", value: chosen[name], onchange: change }));
    const listField = (name, text, options, any) => {
      const field = select(name, options, chosen[name], any);
      field.addEventListener("change", change);
      return h("label", null, text, field);
    };
    put(filters,
      listField("route", "Route", [...about.routes, ...about.experts].map(({ id }) => id), "any"),
      listField("expert", "Expert", about.experts.map(({ id }) => id), "any"),
      listField("skill", "Skill", about.skills, "any"),
      listField("outcome", "Outcome", about.outcomes.map((name) => [name, outcome(name)[0]]), "any"),
      dollarsField("min_cost", "Cost from, $"), dollarsField("max_cost", "Cost to, $"),
      h("button", { type: "button", class: "tight", onclick: () => {
        for (const field of filters.elements) if (names.includes(field.name)) field.value = "";
        change();
      } }, "Clear"));
  };

  put(place,
    head("Questions", "What was decided for each question, and why.",
      h("button", { type: "button", onclick: () => { shown = 0; load(null); } }, "Refresh")),
    h("section", { class: "card", "aria-label": "Filter" }, filters),
    h("section", { class: "card", "aria-label": "Questions" }, list,
      h("div", { class: "row" }, more, status)));
  service().then((about) => { if (!stopped) build(about); }).catch((error) => { if (!stopped) put(filters, trouble(error)); });
  load(null);
  return () => { stopped = true; };
}
