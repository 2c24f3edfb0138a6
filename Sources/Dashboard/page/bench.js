// Bench: runs, how far a running one is, two compared, and what quality costs.

import { h, put, head, pill, table, select, empty, trouble, notice } from "./elements.js";
import { read } from "./service.js";
import { scatter } from "./charts.js";
import { count, seconds, dollars, percent, when, mcnemar, plural } from "./figures.js";

const share = (one) => one.of ? one.right / one.of : null;
const interval = (one) => `${(one.low * 100).toFixed(1)}–${(one.high * 100).toFixed(1)} %`;

function progress(run) {
  // Questions are recruited for first, then asked, then graded all together.
  const [done, word] = run.graded ? [run.graded, "graded"] : run.answered ? [run.answered, "answered"] : [run.recruited, "recruited"];
  const part = run.questions ? done / run.questions : 0;
  const inner = h("i", { class: run.state === "finished" ? "good" : null });
  inner.style.setProperty("width", `${Math.min(1, part) * 100}%`);
  const elapsed = Date.now() / 1000 - run.started_at / 1e6;
  const left = word === "answered" && run.answered > 2 && run.answered < run.questions && elapsed < 86400
    ? `, about ${seconds(elapsed * (run.questions - run.answered) / run.answered)} left` : "";
  return h("div", { class: "load" },
    h("span", { class: "small number" }, run.state === "finished" ? plural(run.graded, "question") : `${count(done)} of ${count(run.questions)} ${word}${left}`),
    h("div", { class: "track", role: "progressbar", "aria-label": `Progress of ${run.id}`, "aria-valuemin": 0, "aria-valuemax": run.questions, "aria-valuenow": done }, inner));
}

function scoreCell(one) {
  return one.of ? [h("strong", null, percent(share(one), 1)), h("span", { class: "sub" }, interval(one))] : "–";
}

const columns = [
  { name: "compare" }, { name: "run" }, { name: "strategy" }, { name: "progress" }, { name: "strict", right: true },
  { name: "flexible", right: true }, { name: "cut / failed", right: true }, { name: "calls", right: true },
  { name: "tokens in / out", right: true }, { name: "at experts", right: true }, { name: "cost", right: true },
];

async function comparison(first, second) {
  const [a, b] = await Promise.all([read(`/insight/runs/${encodeURIComponent(first)}`), read(`/insight/runs/${encodeURIComponent(second)}`)]);
  const marks = new Map(b.questions.map((one) => [one.question, one]));
  const both = a.questions.filter((one) => marks.has(one.question));
  const tally = { both: 0, first: [], second: [], neither: 0 };
  for (const one of both) {
    const other = marks.get(one.question);
    if (one.is_flexibly_right && other.is_flexibly_right) tally.both += 1;
    else if (one.is_flexibly_right) tally.first.push(one.question);
    else if (other.is_flexibly_right) tally.second.push(one.question);
    else tally.neither += 1;
  }
  const p = mcnemar(tally.first.length, tally.second.length);
  const names = [a, b].map((one) => `${one.run.strategy} (${one.run.id.split("-").at(-1)})`);
  const columnNames = [a, b].map((one) => ({ name: one.run.id.split("-").at(-1), right: true }));
  const gain = tally.second.length - tally.first.length;
  const perQuestion = (one, value) => one.run.graded ? value / one.run.graded : 0;
  const line = (name, values, format) => h("tr", null, h("th", { scope: "row" }, name), values.map((value) => h("td", { class: "right number" }, format(value))));
  const expertNames = [...new Set([...a.experts, ...b.experts].map((one) => one.expert))].sort();
  const list = (title, questions) => questions.length ? h("details", null, h("summary", null, `${title}: ${plural(questions.length, "question")}`),
    h("p", { class: "mono small" }, questions.slice(0, 300).join(", "), questions.length > 300 ? " …" : "")) : null;
  return h("div", { class: "stack" },
    a.run.suite !== b.run.suite ? notice("warn", `The runs are of different suites: ${a.run.suite} and ${b.run.suite}.`) : null,
    both.length ? h("p", null, h("strong", null, `${names[1]} is ${gain === 0 ? "as good as" : `${count(Math.abs(gain))} ${Math.abs(gain) === 1 ? "question" : "questions"} ${gain > 0 ? "better" : "worse"} than`} ${names[0]}`),
      ` on the ${plural(both.length, "question")} that both were graded on: ${tally.both} both right, ${tally.first.length} only ${names[0]}, ${tally.second.length} only ${names[1]}, ${tally.neither} neither. `,
      p < 0.05 ? pill(`not chance: p ${p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`}`, "good") : pill(`may be chance: p = ${p.toFixed(2)}`, "warn"),
      h("span", { class: "muted small" }, " exact test of McNemar, flexible match")) : notice("warn", "No question was graded in both runs."),
    table("Comparison of two runs", [{ name: "figure", hidden: true }, ...columnNames], [
      line("strategy", [a.run.strategy, b.run.strategy], String),
      line("strict", [a.strict, b.strict], scoreCell),
      line("flexible", [a.flexible, b.flexible], scoreCell),
      line("calls a question", [perQuestion(a, a.run.calls), perQuestion(b, b.run.calls)], count),
      line("tokens written a question", [perQuestion(a, a.run.completion_tokens), perQuestion(b, b.run.completion_tokens)], count),
      line("cost of 1000 questions", [perQuestion(a, a.run.dollars) * 1000, perQuestion(b, b.run.dollars) * 1000], dollars),
      line("seconds at experts a question", [perQuestion(a, a.run.seconds), perQuestion(b, b.run.seconds)], seconds),
      ...expertNames.map((expert) => line(`calls to ${expert}`, [a, b].map((one) => one.experts.find((other) => other.expert === expert)?.calls ?? 0), count)),
    ]),
    list(`Only ${names[0]} was right`, tally.first), list(`Only ${names[1]} was right`, tally.second));
}

export function bench(place) {
  let stopped = false;
  let timer = null;
  let lines = [];
  let suite = "";
  let picked = [];
  let shownList = "";
  const list = h("div", null, empty("Reading…"));
  const plot = h("div");
  const compare = h("div");
  const suites = h("span");

  const shownLines = () => lines.filter((line) => !suite || line.run.suite === suite);

  const drawCompare = async () => {
    if (picked.length < 2) return put(compare, empty("Choose two runs of the list to compare them."));
    put(compare, empty("Reading…"));
    try { put(compare, await comparison(...picked)); } catch (error) { put(compare, trouble(error)); }
  };

  const drawPlot = () => {
    const points = shownLines().filter((line) => line.flexible.of > 0).map((line) => ({
      name: shownLines().filter((other) => other.run.strategy === line.run.strategy).length > 1
        ? `${line.run.strategy} (${line.run.id.split("-").at(-1)})` : line.run.strategy,
      x: line.run.dollars / line.run.graded * 1000, y: share(line.flexible), low: line.flexible.low,
      high: line.flexible.high, kind: picked.includes(line.run.id) ? 2 : 1,
    }));
    const mixed = new Set(shownLines().map((line) => line.run.suite)).size > 1;
    const width = Math.max(320, plot.clientWidth || 640);
    put(plot, points.length ? h("div", { class: "chart" }, scatter("Cost against quality", points, {
      width, height: Math.min(340, Math.max(260, width * 0.5)), nameX: "dollars for 1000 questions", formatX: dollars, formatY: (value) => percent(value),
    })) : empty("No run was graded yet."),
    points.length > 1 ? h("p", { class: "muted small" }, "Flexible match with 95 % intervals; the dashed line joins those that nobody beats at their price.",
      mixed ? " Runs of different suites are shown together: choose one suite to compare." : "") : null);
  };

  const drawList = () => {
    const signature = JSON.stringify([shownLines(), picked]);
    if (signature === shownList) return;
    shownList = signature;
    const focused = document.activeElement?.dataset?.run;
    put(list, shownLines().length ? table("Runs, newest first", columns, shownLines().map(({ run, strict, flexible }) => h("tr", null,
      h("td", null, h("input", { type: "checkbox", "aria-label": `Compare ${run.id}`, "data-run": run.id, checked: picked.includes(run.id), onchange: (event) => {
        picked = event.target.checked ? [...picked, run.id].slice(-2) : picked.filter((id) => id !== run.id);
        drawList();
        drawPlot();
        drawCompare();
      } })),
      h("th", { scope: "row", class: "rest run" }, run.id,
        h("span", { class: "sub" }, run.id.startsWith(`${run.suite}-`) ? when(run.started_at) : `${run.suite} · ${when(run.started_at)}`)),
      h("td", { class: "wide" }, run.strategy, h("span", { class: "sub" }, run.experts.join(", "))),
      h("td", { class: "wide" }, progress(run), run.state === "finished" ? null : pill("running or stopped", "accent")),
      h("td", { class: "right number", "data-name": "strict" }, scoreCell(strict)),
      h("td", { class: "right number", "data-name": "flexible" }, scoreCell(flexible)),
      h("td", { class: "right number", "data-name": "cut / failed" }, `${count(run.cut)} / ${count(run.failed)}`),
      h("td", { class: "right number", "data-name": "calls" }, count(run.calls)),
      h("td", { class: "right number", "data-name": "tokens" }, `${count(run.prompt_tokens)} / ${count(run.completion_tokens)}`),
      h("td", { class: "right number", "data-name": "at experts" }, seconds(run.seconds)),
      h("td", { class: "right number", "data-name": "cost" }, dollars(run.dollars)))), { class: "cards" })
      : empty("No runs yet. ", h("code", null, "muster bench run gsm8k --strategy skill"), " makes one; it is seen here while it runs."));
    if (focused) list.querySelector(`[data-run="${CSS.escape(focused)}"]`)?.focus();
  };

  const load = async () => {
    try {
      const before = new Set(lines.map((line) => line.run.suite)).size;
      lines = (await read("/insight/runs")).data;
      if (stopped) return;
      const names = [...new Set(lines.map((line) => line.run.suite))].sort();
      if (names.length !== before) {
        const field = select("suite", names, suite, "all suites");
        field.addEventListener("change", () => { suite = field.value; drawList(); drawPlot(); });
        put(suites, names.length > 1 ? h("label", null, "Suite", field) : null);
      }
      drawList();
      drawPlot();
    } catch (error) { if (!stopped) put(list, trouble(error)); }
    // A run that is under way moves; one that is over does not.
    if (!stopped) timer = setTimeout(load, lines.some((line) => line.run.state !== "finished") ? 3000 : 20000);
  };

  put(place, head("Bench", "Benchmark runs, those under way among them.", suites),
    h("div", { class: "grid" },
      h("section", { class: "card span-12", "aria-label": "Runs" }, h("header", null, h("h2", null, "Runs")), list),
      h("section", { class: "card span-6", "aria-label": "Cost and quality" }, h("header", null, h("h2", null, "Cost and quality")), plot),
      h("section", { class: "card span-6", "aria-label": "Comparison" }, h("header", null, h("h2", null, "Two runs compared")), compare)));
  drawCompare();
  load();
  const observer = new ResizeObserver(() => drawPlot());
  observer.observe(plot);
  return () => { stopped = true; clearTimeout(timer); observer.disconnect(); };
}
