// Drawings in SVG: lines over time, points with intervals, a time line. Each says in words what it shows.

import { h, s, put, scrolling } from "./elements.js";

/** Round steps that cut a range into few pieces. */
export function ticks(low, high, wanted = 4) {
  const span = high - low || 1;
  const raw = span / wanted;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * size >= raw) * size;
  const list = [];
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + step * 1e-6; value += step) {
    list.push(Math.abs(value) < step * 1e-9 ? 0 : value);
  }
  return list;
}

/** Steps of time that clocks show: in milliseconds. */
function timeTicks(from, to, wanted) {
  const steps = [60e3, 120e3, 300e3, 600e3, 900e3, 1800e3, 3600e3, 7200e3, 10800e3, 21600e3];
  const step = steps.find((size) => (to - from) / size <= wanted) ?? 21600e3;
  const offset = new Date(from).getTimezoneOffset() * 60e3;
  const list = [];
  for (let value = Math.ceil((from - offset) / step) * step + offset; value <= to; value += step) list.push(value);
  return list;
}

const timeText = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const exactText = new Intl.DateTimeFormat(undefined,
  { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/**
 * Lines over time. `series`: {name, kind (1 to 4, bad), value(point), area}; points have `at` in microseconds and
 * `width` in seconds; where a span is missing, nothing happened: `gap` says what that is worth (0, or null for a hole).
 */
export class LineChart {
  constructor(title, series, options) {
    this.title = title;
    this.series = series;
    this.options = { height: 168, format: String, ...options };
    this.points = [];
    this.figure = h("figure", { class: "chart" });
    this.tip = h("div", { class: "tip", hidden: true });
    this.svg = s("svg", { role: "img", tabindex: "0", height: this.options.height });
    put(this.figure, this.svg, this.tip);
    this.svg.addEventListener("pointermove", (event) => this.#point(event.clientX));
    this.svg.addEventListener("pointerleave", () => this.#leave());
    this.svg.addEventListener("blur", () => this.#leave());
    this.svg.addEventListener("keydown", (event) => this.#key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.figure);
  }

  update(points, from, to) {
    Object.assign(this, { points, from, to });
    this.draw();
  }

  stop() { this.observer.disconnect(); }

  draw() {
    const width = this.figure.clientWidth;
    if (!width || this.from === undefined) return;
    const { height, format } = this.options;
    const pad = { left: 52, right: 8, top: 8, bottom: 20 };
    const x = (time) => pad.left + (time - this.from) / (this.to - this.from) * (width - pad.left - pad.right);
    const rows = this.#rows();
    const most = Math.max(this.options.least ?? 0,
      ...rows.flatMap((row) => this.series.map((one) => row.values.get(one) ?? 0)));
    const top = ticks(0, most || 1, 3).at(-1) >= most ? ticks(0, most || 1, 3) : [];
    const marks = top.length ? top : ticks(0, most * 1.25 || 1, 3);
    const high = Math.max(marks.at(-1), most) || 1;
    const y = (value) => height - pad.bottom - value / high * (height - pad.top - pad.bottom);
    this.scale = { x, y, pad, width, height };
    const drawn = [
      marks.map((value) => [
        s("line", { class: value === 0 ? "axis" : "gridline", x1: pad.left, x2: width - pad.right, y1: y(value), y2: y(value) }),
        s("text", { x: pad.left - 8, y: y(value) + 4, "text-anchor": "end" }, format(value)),
      ]),
      timeTicks(this.from, this.to, Math.max(2, Math.floor(width / 90))).map((time) =>
        s("text", { x: x(time), y: height - 4, "text-anchor": "middle" }, timeText.format(time))),
      this.series.map((one) => this.#line(one, rows, x, y)),
    ];
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    put(this.svg, drawn);
    this.rows = rows;
    const last = rows.findLast((row) => this.series.some((one) => row.values.get(one) !== null));
    this.svg.setAttribute("aria-label", `${this.title}. ${last
      ? this.series.map((one) => `${one.name} ${last.values.get(one) === null ? "unknown" : format(last.values.get(one))}`).join(", ") + " at last."
      : "Nothing yet."} Arrow keys read single moments.`);
  }

  /** The points in the window, with the spans in which nothing happened. */
  #rows() {
    const step = this.options.step * 1000;
    const known = new Map(this.points.map((point) => [Math.floor(point.at / 1000), point]));
    const rows = [];
    for (let time = Math.ceil(this.from / step) * step; time <= this.to; time += step) {
      const point = known.get(time);
      rows.push({
        time, point,
        values: new Map(this.series.map((one) => [one, point ? one.value(point) ?? null : one.gap ?? null])),
      });
    }
    return rows;
  }

  #line(one, rows, x, y) {
    const pieces = [];
    let piece = [];
    for (const row of rows) {
      const value = row.values.get(one);
      if (value === null) { if (piece.length) pieces.push(piece); piece = []; } else piece.push([x(row.time), y(value)]);
    }
    if (piece.length) pieces.push(piece);
    return pieces.map((points) => {
      const path = points.map(([px, py], index) => `${index ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
      return [
        one.area && points.length > 1
          ? s("path", { class: `area fill-${one.kind}`, d: `${path}L${points.at(-1)[0].toFixed(1)} ${y(0)}L${points[0][0].toFixed(1)} ${y(0)}Z` })
          : null,
        points.length === 1
          ? s("circle", { class: `fill-${one.kind}`, cx: points[0][0], cy: points[0][1], r: 2.2 })
          : s("path", { class: `series stroke-${one.kind}`, d: path }),
      ];
    });
  }

  #point(clientX) {
    if (!this.rows?.length) return;
    const px = clientX - this.svg.getBoundingClientRect().left;
    let best = 0;
    this.rows.forEach((row, index) => {
      if (Math.abs(this.scale.x(row.time) - px) < Math.abs(this.scale.x(this.rows[best].time) - px)) best = index;
    });
    this.#show(best);
  }

  #key(event) {
    if (!this.rows?.length || !["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    const last = this.rows.length - 1;
    const now = this.shown ?? last;
    this.#show({ ArrowLeft: Math.max(0, now - 1), ArrowRight: Math.min(last, now + 1), Home: 0, End: last }[event.key]);
  }

  #show(index) {
    const row = this.rows[index];
    const { x, pad, height, width } = this.scale;
    this.shown = index;
    this.svg.querySelector(".cursor")?.remove();
    const px = x(row.time);
    this.svg.append(s("line", { class: "cursor", x1: px, x2: px, y1: pad.top, y2: height - pad.bottom }));
    put(this.tip, h("b", null, exactText.format(row.time)),
      this.series.map((one) => h("div", null, h("span", null, one.name),
        h("span", null, row.values.get(one) === null ? "–" : this.options.format(row.values.get(one))))));
    this.tip.hidden = false;
    this.tip.setAttribute("role", "status");
    const left = px + 12 + this.tip.offsetWidth > width ? px - 12 - this.tip.offsetWidth : px + 12;
    this.tip.style.setProperty("left", `${Math.max(0, left)}px`);
  }

  #leave() {
    this.shown = undefined;
    this.tip.hidden = true;
    this.svg.querySelector(".cursor")?.remove();
  }
}

export const legend = (series) => h("div", { class: "legend" },
  series.map((one) => h("span", null, h("i", { class: `k${one.kind}` }), one.name)));

/** A line without axes, for a tile. */
export function sparkline(values, kind = "1") {
  const width = 120;
  const height = 26;
  const known = values.filter((value) => value !== null);
  const high = Math.max(...known, 1e-12);
  const x = (index) => index / Math.max(1, values.length - 1) * width;
  const y = (value) => height - 2 - value / high * (height - 5);
  let path = "";
  let pen = "M";
  values.forEach((value, index) => {
    if (value === null) { pen = "M"; return; }
    path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = "L";
  });
  return s("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    path.includes("L") ? s("path", { d: path, fill: "none", class: `stroke-${kind}`, "stroke-width": "1.6", "vector-effect": "non-scaling-stroke", "stroke-linejoin": "round" }) : null);
}

/** Cost against quality, each point with its interval; `points`: {id, name, x, y, low, high, kind}. */
export function scatter(title, points, options) {
  const { width = 640, height = 320, formatX = String, formatY = String } = options;
  const pad = { left: 54, right: 20, top: 14, bottom: 40 };
  const highX = (Math.max(...points.map((point) => point.x)) || 1) * 1.12;
  const lowY = Math.max(0, Math.floor((Math.min(...points.map((point) => point.low)) - 0.03) * 10) / 10);
  const x = (value) => pad.left + value / highX * (width - pad.left - pad.right);
  const y = (value) => height - pad.bottom - (value - lowY) / (1 - lowY) * (height - pad.top - pad.bottom);
  const hull = frontier(points);
  const placed = [];
  return s("svg", { role: "img", viewBox: `0 0 ${width} ${height}`, "aria-label": `${title}: ${points
    .map((point) => `${point.name} ${formatY(point.y)} at ${formatX(point.x)}`).join("; ")}` },
  ticks(lowY, 1, 4).map((value) => [
    s("line", { class: "gridline", x1: pad.left, x2: width - pad.right, y1: y(value), y2: y(value) }),
    s("text", { x: pad.left - 8, y: y(value) + 4, "text-anchor": "end" }, formatY(value)),
  ]),
  ticks(0, highX, width < 500 ? 3 : 5).map((value) =>
    s("text", { x: x(value), y: height - pad.bottom + 16, "text-anchor": "middle" }, formatX(value))),
  s("line", { class: "axis", x1: pad.left, x2: width - pad.right, y1: y(lowY), y2: y(lowY) }),
  s("text", { x: width - pad.right, y: height - 6, "text-anchor": "end" }, options.nameX),
  hull.length > 1 ? s("path", { class: "hull", d: hull.map((point, index) => `${index ? "L" : "M"}${x(point.x)} ${y(point.y)}`).join("") }) : null,
  points.map((point) => [
    s("line", { class: `whisker stroke-${point.kind}`, x1: x(point.x), x2: x(point.x), y1: y(point.low), y2: y(point.high) }),
    s("circle", { class: `fill-${point.kind}`, cx: x(point.x), cy: y(point.y), r: 5 },
      s("title", null, `${point.name}: ${formatY(point.y)} at ${formatX(point.x)}`)),
  ]),
  points.map((point) => {
    const flip = x(point.x) > width * 0.66;
    const length = point.name.length * 6.4;
    const label = { left: flip ? x(point.x) - 9 - length : x(point.x) + 9, length, y: y(point.y) + 4 };
    const meets = (other) => Math.abs(other.y - label.y) < 13 && other.left < label.left + length && label.left < other.left + other.length;
    while (placed.some(meets)) label.y += 13;
    placed.push(label);
    return s("text", { class: "label", x: flip ? x(point.x) - 9 : x(point.x) + 9, y: label.y, "text-anchor": flip ? "end" : "start" }, point.name);
  }));
}

/** Those that nobody beats at their price. */
function frontier(points) {
  let best = -Infinity;
  return [...points].sort((a, b) => a.x - b.x || b.y - a.y).filter((point) => {
    if (point.y <= best) return false;
    best = point.y;
    return true;
  });
}

/** What happened when: `bars`: {name, from, to, kind, marks: [seconds], text}, all in seconds from the start. */
export function timeline(title, bars, total, format, width = 760) {
  const row = 26;
  const left = 150;
  const right = 14;
  const height = bars.length * row + 26;
  const span = total || 1e-6;
  const x = (time) => left + Math.min(Math.max(time, 0), span) / span * (width - left - right);
  return scrolling(title,
    s("svg", { class: "timeline", role: "img", viewBox: `0 0 ${width} ${height}`, width, height,
      "aria-label": `${title}: ${bars.map((bar) => `${bar.name} from ${format(bar.from)} to ${format(bar.to)}, ${bar.text}`).join("; ")}` },
    ticks(0, span, 5).map((value) => [
      s("line", { class: "gridline", x1: x(value), x2: x(value), y1: 0, y2: height - 20 }),
      s("text", { class: "faint", x: x(value), y: height - 5, "text-anchor": value === 0 ? "start" : "middle" }, format(value)),
    ]),
    bars.map((bar, index) => {
      const y = index * row + 4;
      const from = x(bar.from);
      const length = Math.max(2.5, x(bar.to) - from);
      const needed = bar.text.length * 6.1 + 12;
      const label = from + length + needed < width
        ? { x: from + length + 6, anchor: "start", class: "faint" }
        : from - left > needed
          ? { x: from - 6, anchor: "end", class: "faint" }
          : { x: from + length - 6, anchor: "end", class: bar.kind === "muted" ? "" : "on" };
      return s("g", null,
        s("title", null, `${bar.name}: ${format(bar.from)} to ${format(bar.to)}, ${bar.text}`),
        s("text", { x: 0, y: y + 13 }, bar.name.length > 22 ? `${bar.name.slice(0, 21)}…` : bar.name),
        bar.queued ? s("rect", { class: "fill-muted", x: from, y: y + 5, width: Math.max(1, x(bar.from + bar.queued) - from), height: 8, rx: 2 }) : null,
        s("rect", { class: `fill-${bar.kind}`, x: bar.queued ? x(bar.from + bar.queued) : from, y: y + 1,
          width: Math.max(2.5, x(bar.to) - (bar.queued ? x(bar.from + bar.queued) : from)), height: 16, rx: 3, opacity: 0.85 }),
        (bar.marks ?? []).map((mark) => s("line", { class: "first", x1: x(mark), x2: x(mark), y1: y + 1, y2: y + 17 })),
        s("text", { class: label.class, x: label.x, y: y + 13, "text-anchor": label.anchor }, bar.text));
    })));
}
