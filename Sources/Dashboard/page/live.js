// Live: what happens now, and within the last hour or day.

import { h, put, head, pill, chips, table, segments, empty } from "./elements.js";
import { LineChart, legend, sparkline } from "./charts.js";
import { count, seconds, secondsParts, dollars, bytes, clock, percent, outcome } from "./figures.js";

const ranges = { "10": ["10 min", 600, 10], "60": ["1 h", 3600, 10], "1440": ["24 h", 86400, 300] };
let range = "10";

const perSecond = (name) => (point) => point[name] / point.width;
const quantile = (of, which) => (point) => point[of]?.[which] ?? null;

const charts = [
  { title: "Questions per second", format: count, series: [
    { name: "questions", kind: 1, value: perSecond("questions"), gap: 0, area: true },
    { name: "failed requests", kind: "bad", value: perSecond("errors"), gap: 0 },
  ] },
  { title: "Latency", format: seconds, series: [
    { name: "p50", kind: 1, value: quantile("latency", "p50") },
    { name: "p95", kind: 2, value: quantile("latency", "p95") },
    { name: "p99", kind: 3, value: quantile("latency", "p99") },
  ] },
  { title: "Time to first text", format: seconds, series: [
    { name: "p50", kind: 1, value: quantile("first_text", "p50") },
    { name: "p95", kind: 2, value: quantile("first_text", "p95") },
  ] },
  { title: "Cost per hour", format: dollars, series: [
    { name: "dollars per hour", kind: 4, value: (point) => point.dollars / point.width * 3600, gap: 0, area: true },
  ] },
];

function tile(name, value, unit, more, values, kind, bad) {
  return h("div", { class: `tile${bad ? " is-bad" : ""}` },
    h("dt", null, name),
    h("dd", null,
      h("div", { class: "value" }, value, unit ? h("span", { class: "unit" }, unit) : null),
      h("div", { class: "more" }, more), values ? sparkline(values, kind) : null));
}

/** The last ten minutes in spans of ten seconds, holes filled. */
function recent(hour, at, value, gap) {
  const last = Math.floor(at / 1e7);
  const known = new Map(hour.map((point) => [Math.round(point.at / 1e7), point]));
  return Array.from({ length: 60 }, (_, index) => {
    const point = known.get(last - 60 + index);
    return point ? value(point) : gap;
  });
}

function tiles(now, hour) {
  const line = (value, gap = null) => recent(hour, now.at, value, gap);
  const [p50, p50Unit] = secondsParts(now.latency?.p50);
  const [first, firstUnit] = secondsParts(now.first_text?.p50);
  const tails = (of) => {
    if (!of) return "no questions this minute";
    const [p95, p95Unit] = secondsParts(of.p95);
    const [p99, p99Unit] = secondsParts(of.p99);
    return `p95 ${p95}${p95Unit === p99Unit ? "" : ` ${p95Unit}`} · p99 ${p99} ${p99Unit}`;
  };
  return [
    tile("Requests", count(now.requests_per_second), "/s",
      `${count(now.tokens_per_second)} tokens/s`,
      line(perSecond("questions"), 0), 1),
    tile("Latency, median", p50, p50Unit, tails(now.latency), line(quantile("latency", "p50")), 1),
    tile("First text, median", first, firstUnit, tails(now.first_text), line(quantile("first_text", "p50")), 1),
    tile("Cost", dollars(now.dollars_per_hour), "/h", "at this minute's pace",
      line((point) => point.dollars, 0), 4),
    tile("Errors", count(now.errors), "/min", now.errors ? "failed requests" : "none this minute",
      line((point) => point.errors, 0), "bad", now.errors > 0),
    tile("Open streams", count(now.open_streams), "",
      `${count(now.requests_in_flight)} in flight · ${bytes(now.resident_bytes)}`),
  ];
}

const stateKinds = { ready: "good", resting: "warn", unusable: "bad", paused: "" };

function expertRow(expert) {
  const places = expert.places ?? 0;
  const busy = places ? Math.min(1, (expert.active ?? 0) / places) : 0;
  const bar = h("i", { class: expert.waiting ? "warn" : null });
  bar.style.setProperty("width", `${busy * 100}%`);
  return h("tr", null,
    h("th", { scope: "row", class: "wide" }, expert.id,
      h("span", { class: "sub" }, [expert.kind, expert.model].filter(Boolean).join(" · "))),
    h("td", { class: "wide" }, pill(expert.state, stateKinds[expert.state] ?? ""),
      expert.is_loaded === undefined ? null : [" ", pill(expert.is_loaded ? "loaded" : "not loaded", expert.is_loaded ? "accent" : "")],
      expert.because ? h("span", { class: "sub" }, expert.because,
        expert.retry_after_seconds ? `, again in ${seconds(expert.retry_after_seconds)}` : "") : null),
    h("td", { "data-name": "in flight" }, expert.places === undefined ? "–" : h("div", { class: "load" },
      h("span", { class: "number small" }, `${expert.active} of ${expert.places}`,
        expert.waiting ? ` · ${expert.waiting} waiting` : ""),
      h("div", { class: "track", "aria-hidden": "true" }, bar))),
    h("td", { class: "right number", "data-name": "calls" }, count(expert.calls)),
    h("td", { class: "right number", "data-name": "failed" }, expert.calls ? percent(expert.failures / expert.calls) : "–"),
    h("td", { class: "right number", "data-name": "median" }, seconds(expert.latency?.p50)),
    h("td", { class: "right number", "data-name": "p95" }, seconds(expert.latency?.p95)),
    h("td", { class: "right number", "data-name": "first text" }, seconds(expert.first_text?.p50)),
    h("td", { class: "right number", "data-name": "tokens/s" }, expert.tokens_per_second === undefined ? "–" : count(expert.tokens_per_second)),
    h("td", { class: "right number", "data-name": "cost" }, dollars(expert.dollars)));
}

const expertColumns = [
  { name: "expert" }, { name: "state" }, { name: "in flight" }, { name: "calls/min", right: true },
  { name: "failed", right: true }, { name: "median", right: true }, { name: "p95", right: true },
  { name: "first text", right: true }, { name: "tokens/s", right: true }, { name: "$/min", right: true },
];

function questionRow(line, fresh) {
  const [text, kind] = outcome(line.outcome);
  const open = () => { location.hash = `questions/${line.id}`; };
  return h("tr", { class: `opens${fresh ? " fresh" : ""}`, onclick: (event) => { if (event.target.tagName !== "A") open(); } },
    h("td", { class: "number" }, h("a", { href: `#questions/${line.id}` }, clock(line.at))),
    h("td", null, pill(text, kind)),
    h("td", { class: "nowrap" }, line.route),
    h("td", { class: "wide" }, line.skills.length ? chips(line.skills) : h("span", { class: "muted" }, "no skill found")),
    h("td", { class: "wide" }, chips(line.experts)),
    h("td", { class: "right number" }, seconds(line.seconds)),
    h("td", { class: "right number" }, dollars(line.dollars)));
}

export function live(place, { stream }) {
  const tileList = h("dl", { class: "tiles" });
  const drawn = charts.map((chart) => new LineChart(chart.title, chart.series, { format: chart.format, step: 10 }));
  const experts = h("div", null, empty("Waiting for the first figures"));
  const river = h("div", null, empty("No questions yet. Ask one in the ", h("a", { href: "#playground" }, "playground"), "."));
  let known = new Set();
  let expertText = "";
  let riverText = "";

  const redraw = () => {
    const history = stream.history;
    if (!history) return;
    const [, length, step] = ranges[range];
    const points = step === 10 ? history.hour : history.day;
    // The span that is under way is not whole yet: it would always look like a fall.
    const to = (Math.floor(history.now.at / 1e6 / step) - 1) * step * 1000;
    for (const chart of drawn) {
      chart.options.step = step;
      chart.update(points, to - length * 1000, to);
    }
  };

  const update = () => {
    const { now, hour } = stream.history;
    put(tileList, tiles(now, hour));
    const expertNow = JSON.stringify(now.experts);
    if (expertNow !== expertText) {
      expertText = expertNow;
      put(experts, now.experts.length
        ? table("Experts now", expertColumns, now.experts.map(expertRow), { class: "cards" })
        : empty("There are no experts. ", h("a", { href: "#manage" }, "Add one"), "."));
    }
    const lines = now.traces.slice(-14).reverse();
    const riverNow = lines.map((line) => line.id).join();
    if (riverNow !== riverText && lines.length) {
      riverText = riverNow;
      // A few new ones are shown as new; a flood of them would flicker.
      const first = known.size === 0 || lines.filter((line) => !known.has(line.id)).length > 4;
      put(river, table("Latest questions", [{ name: "time" }, { name: "outcome" }, { name: "route" }, { name: "skills" },
        { name: "experts" }, { name: "seconds", right: true }, { name: "cost", right: true }],
      lines.map((line) => questionRow(line, !first && !known.has(line.id))), { class: "cards" }));
      known = new Set(now.traces.map((line) => line.id));
    }
    redraw();
  };

  put(place,
    head("Live", null, segments("Range of the charts", Object.entries(ranges).map(([value, [text]]) => [value, text]), range,
      (value) => { range = value; redraw(); })),
    tileList,
    h("div", { class: "grid" },
      charts.map((chart, index) => h("section", { class: "card span-6", "aria-label": chart.title },
        h("header", null, h("h2", null, chart.title), chart.series.length > 1 ? legend(chart.series) : null),
        drawn[index].figure)),
      h("section", { class: "card span-12", "aria-label": "Experts" },
        h("header", null, h("h2", null, "Experts"), h("span", { class: "muted small" }, "figures of the last minute")), experts),
      h("section", { class: "card span-12", "aria-label": "Latest questions" },
        h("header", null, h("h2", null, "Latest questions"), h("a", { class: "small", href: "#questions" }, "All questions")), river)));

  const forget = stream.listen((event) => { if (stream.history && (event === "now" || event === "history")) update(); });
  if (stream.history) update();
  return () => { forget(); for (const chart of drawn) chart.stop(); };
}
