// Skills by experts: how often each was right, how sure that is, and what has changed since a day.

import { h, put, head, pill, dialog, empty, trouble, select, scrolling } from "./elements.js";
import { read, query } from "./service.js";
import { percent, count, day, when, plural } from "./figures.js";

const share = (one) => one.of ? one.right / one.of : null;
const level = (value) => Math.round(value * 10);
const driftMark = { better: "▲", worse: "▼" };
const driftText = { better: "better than before", worse: "worse than before", even: "no clear change" };

function interval(one) { return `${Math.round(one.low * 100)}–${Math.round(one.high * 100)} %`; }

function cellButton(cell, open) {
  const value = share(cell.graded);
  if (value === null) {
    const profile = cell.profile;
    return h("button", { type: "button", class: "cell none", onclick: open,
      "aria-label": `${cell.expert} in ${cell.skill}: nothing graded, ${profile ? `profile ${profile.right} right, ${profile.wrong} wrong from narrower skills or ratings` : "nothing known"}` },
    h("small", null, profile ? `≈ ${count(profile.right)}/${count(profile.right + profile.wrong)}` : "–"));
  }
  const drift = cell.drift;
  return h("button", { type: "button", class: `cell heat-${level(value)}`, onclick: open,
    "aria-label": `${cell.expert} in ${cell.skill}: ${cell.graded.right} of ${cell.graded.of} right, ${percent(value)}, interval ${interval(cell.graded)}${drift ? `, ${driftText[drift.change]}` : ""}` },
  drift && driftMark[drift.change] ? h("span", { class: "drift", "aria-hidden": "true" }, driftMark[drift.change]) : null,
  h("b", null, percent(value)), h("small", null, `${cell.graded.right}/${cell.graded.of} · ${interval(cell.graded)}`));
}

async function openCell(cell, since) {
  const content = h("div", null, h("p", { class: "muted" }, "Reading…"));
  dialog(`${cell.expert} in ${cell.skill}`, cell.latest ? `last graded ${when(cell.latest)}` : null, content);
  const said = [];
  const value = share(cell.graded);
  said.push(h("p", null, value === null ? "No question of this skill was graded for this expert."
    : [h("strong", null, percent(value)), ` right: ${cell.graded.right} of ${cell.graded.of}, so the true share lies within ${interval(cell.graded)} with 95 % confidence.`,
      cell.cut ? ` ${plural(cell.cut, "answer")} cut by a token limit.` : ""]));
  if (cell.profile) {
    said.push(h("p", { class: "muted small" }, `Routing goes by ${count(cell.profile.right)} right and ${count(cell.profile.wrong)} wrong: narrower skills and ratings count half.`));
  }
  if (cell.drift) {
    const { before, after, change } = cell.drift;
    said.push(h("p", null, pill(driftText[change], { better: "good", worse: "bad" }[change] ?? ""), ` Before ${day(since)}: ${before.right}/${before.of} (${interval(before)}); since then ${after.right}/${after.of} (${interval(after)}).`));
  }
  try {
    const found = await read(`/insight/marks${query({ skill: cell.skill, expert: cell.expert })}`);
    put(content, said, found.data.length ? h("ul", { class: "graded" }, found.data.map((line) => h("li", null,
      h("div", { class: "row" },
        h("span", { class: "row" }, pill(line.is_right ? "right" : line.is_complete ? "wrong" : "cut", line.is_right ? "good" : line.is_complete ? "bad" : "warn"),
          line.counts ? null : pill("earlier version"), h("span", { class: "mono small muted" }, line.question)),
        h("span", { class: "muted small" }, when(line.at))),
      line.text ? h("p", null, line.text) : null,
      line.answer ? h("p", { class: "muted small" }, `Right answer: ${line.answer}`) : null,
      line.former.length ? h("p", { class: "small" }, "Before: ", line.former.map((old) => `${old.is_right ? "right" : "wrong"} on ${day(old.at)}`).join(", ")) : null)))
      : empty("No graded questions here."));
  } catch (error) { put(content, said, trouble(error)); }
}

export function skills(place, { parameters }) {
  let stopped = false;
  let data = null;
  let order = "category";
  const since = h("input", { type: "date", name: "since", value: parameters.get("since") ?? "", max: new Date().toISOString().slice(0, 10) });
  const sorting = select("order", [["category", "by category"], ["name", "by name"], ["weakest", "weakest first"], ["spread", "most different experts first"], ["drift", "most changed first"]], order);
  const map = h("div", null, empty("Reading…"));

  const draw = () => {
    const cells = new Map(data.cells.map((cell) => [`${cell.skill}\n${cell.expert}`, cell]));
    const cellsOf = (skill) => data.experts.map((expert) => cells.get(`${skill.name}\n${expert.id}`));
    const shares = (skill) => cellsOf(skill).map((cell) => cell ? share(cell.graded) : null).filter((value) => value !== null);
    const best = (skill) => Math.max(...shares(skill), -1);
    const spread = (skill) => { const all = shares(skill); return all.length ? Math.max(...all) - Math.min(...all) : -1; };
    const drifted = (skill) => Math.max(0, ...cellsOf(skill).map((cell) => cell?.drift ? Math.abs(share(cell.drift.after) - share(cell.drift.before)) : 0));
    const known = data.skills.filter((skill) => cellsOf(skill).some(Boolean));
    const list = [...known].sort({
      category: (a, b) => a.category.localeCompare(b.category) || a.name.localeCompare(b.name),
      name: (a, b) => a.name.localeCompare(b.name),
      weakest: (a, b) => best(a) - best(b), spread: (a, b) => spread(b) - spread(a), drift: (a, b) => drifted(b) - drifted(a),
    }[order]);
    if (!list.length) {
      return put(map, empty("Nothing is known of anybody yet. ", h("code", null, "muster profile build"), " asks every expert the graded questions of ", h("code", null, "Skills/"), "."));
    }
    const rows = [];
    let group = null;
    for (const skill of list) {
      if (order === "category" && skill.category !== group) {
        group = skill.category;
        rows.push(h("tr", { class: "group" }, h("th", { colspan: data.experts.length + 1, scope: "colgroup" }, group || "raw keywords")));
      }
      rows.push(h("tr", null, h("th", { scope: "row", title: skill.description || null }, skill.name),
        data.experts.map((expert) => {
          const cell = cells.get(`${skill.name}\n${expert.id}`);
          return h("td", null, cell ? cellButton(cell, () => openCell(cell, data.since))
            : h("div", { class: "cell none" }, h("small", null, "–")));
        })));
    }
    put(map, scrolling("Skills by experts",
      h("table", { class: "heat" },
        h("caption", { class: "visually-hidden" }, "Share of right answers, skill by expert"),
        h("thead", null, h("tr", null, h("td", null), data.experts.map((expert) =>
          h("th", { scope: "col", title: expert.id }, expert.id, h("span", { class: "sub" }, `strength ${count(Math.round(expert.strength * 10) / 10)}`))))),
        h("tbody", null, rows))));
  };

  const load = async () => {
    try {
      data = await read(`/insight/skills${query({ since: since.value })}`);
      if (!stopped) draw();
    } catch (error) { if (!stopped) put(map, trouble(error)); }
  };
  since.addEventListener("change", () => {
    history.replaceState(null, "", `#skills${query({ since: since.value })}`);
    load();
  });
  sorting.addEventListener("change", () => { order = sorting.value; if (data) draw(); });

  put(place,
    head("Skills × experts", "How often each expert was right on graded questions, with 95 % intervals. A cell opens its questions."),
    h("section", { class: "card", "aria-label": "Map" },
      h("div", { class: "fields" },
        h("label", null, "Order", sorting), h("label", null, "Drift since", since),
        h("p", { class: "legend", "aria-hidden": "true" }, h("span", null, "0 % ", h("span", { class: "scale" }, Array.from({ length: 11 }, (_, index) => h("i", { class: `heat-${index}` }))), " 100 %"),
          h("span", null, "▲ better  ▼ worse since the day"))),
      map));
  load();
  return () => { stopped = true; };
}
