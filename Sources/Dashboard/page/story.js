// One question explained: what was understood, who suited, who was asked and why, what came of it, step by step.

import { h, put, head, pill, chips, table, trouble, announce } from "./elements.js";
import { read, post, service } from "./service.js";
import { timeline } from "./charts.js";
import { count, seconds, dollars, moment, outcome, percent } from "./figures.js";

const step = (number, title, ...content) => h("li", { class: "step" },
  h("span", { class: "mark", "aria-hidden": "true" }, number),
  h("div", { class: "body" }, h("h2", null, title), content));

const fact = (name, ...value) => h("div", null, h("dt", null, name), h("dd", null, value));

export function understood(trace) {
  const mentions = trace.need?.mentions ?? [];
  if (!mentions.length && trace.need?.annotator === "none") return null;
  if (!mentions.length) return h("p", { class: "muted" }, "No skill was found in the question.");
  return table("Skills found", [{ name: "keyword" }, { name: "stands for" }, { name: "score", right: true }, { name: "likeness", right: true }],
    mentions.map((mention) => h("tr", null,
      h("td", null, `“${mention.keyword}”`),
      h("td", null, mention.skill ? pill(mention.skill, "accent") : h("span", { class: "muted" }, "no skill we know")),
      h("td", { class: "right number" }, count(mention.score)),
      h("td", { class: "right number" }, count(mention.similarity)))));
}

function bar(share, kind) {
  const inner = h("i", { class: kind });
  inner.style.setProperty("width", `${Math.max(0, Math.min(1, share)) * 100}%`);
  return h("div", { class: "track", "aria-hidden": "true" }, inner);
}

export function suited(trace) {
  const recruitment = trace.recruitment ?? {};
  const seats = new Map();
  for (const seat of recruitment.seats ?? []) seats.set(seat.expert, (seats.get(seat.expert) ?? 0) + 1);
  const rows = (recruitment.suitabilities ?? []).map((one) => h("tr", null,
    h("th", { scope: "row" }, one.expert, " ", seats.has(one.expert)
      ? pill(seats.get(one.expert) > 1 ? `${seats.get(one.expert)} seats` : "recruited", "good") : null),
    h("td", null, h("div", { class: "load" }, h("span", { class: "number small" }, percent(one.probability, 1)), bar(one.probability))),
    h("td", { class: "right number" }, count(one.local)),
    h("td", { class: "right number" }, count(one.strength))));
  const excluded = (recruitment.excluded ?? []).map((one) => h("tr", null,
    h("th", { scope: "row" }, one.expert, " ", pill("not considered")),
    h("td", { colspan: 3, class: "muted" }, one.because)));
  if (!rows.length && !excluded.length) return h("p", null, chips([...seats.keys()]));
  return table("Suitability of every expert",
    [{ name: "expert" }, { name: "chance of a seat" }, { name: "competency", right: true }, { name: "strength", right: true }],
    [...rows, ...excluded]);
}

const attemptKind = (attempt) => attempt.fault ? "bad" : attempt.finish ? (attempt.finish === "length" ? "warn" : "1") : "muted";

function attemptText(attempt) {
  const what = attempt.fault ? attempt.fault.code?.replaceAll("_", " ") ?? "failed"
    : { cancelled: "not waited for", hedge_lost: "another was faster", refused: "not sent" }[attempt.outcome]
      ?? attempt.finish ?? attempt.outcome ?? "ended";
  return `${what}, ${seconds(attempt.seconds)}`;
}

function bars(trace) {
  const list = [];
  if (trace.decision_seconds > 0) {
    list.push({ name: "decide", from: 0, to: trace.decision_seconds, kind: "3", text: seconds(trace.decision_seconds) });
  }
  for (const attempt of trace.attempts ?? []) {
    const from = attempt.start_seconds ?? trace.decision_seconds ?? 0;
    list.push({
      name: attempt.role === "seat" || !attempt.role ? attempt.expert : `${attempt.expert} (${attempt.role})`,
      from, to: from + attempt.seconds, queued: attempt.queued_seconds, kind: attemptKind(attempt),
      marks: attempt.first_text_seconds === undefined ? [] : [from + attempt.first_text_seconds],
      text: attemptText(attempt),
    });
  }
  return list;
}

function faultText(fault) {
  if (typeof fault === "string") return fault;
  const found = [fault.subject, fault.found].filter(Boolean).join(": ");
  return fault.sentence ?? `${[found, fault.expected, fault.hint].filter(Boolean).join(". ")}.`;
}

export function attempts(trace) {
  const list = trace.attempts ?? [];
  if (!list.length) return h("p", { class: "muted" }, "Nobody was asked.");
  return table("Attempts", [{ name: "expert" }, { name: "why" }, { name: "what came" }, { name: "began", right: true },
    { name: "first text", right: true }, { name: "seconds", right: true }, { name: "tokens in / out", right: true }, { name: "cost", right: true }],
  list.map((attempt) => h("tr", null,
    h("th", { scope: "row", class: "wide" }, attempt.expert),
    h("td", null, attempt.role ?? "seat", attempt.reason && attempt.reason !== "first" ? [" ", pill(attempt.reason, "warn")] : null),
    h("td", { class: "wide" }, pill(attempt.fault ? "failed" : attempt.finish === "length" ? "truncated" : attempt.outcome?.replaceAll("_", " ") ?? "answered",
      attempt.fault ? "bad" : attempt.finish === "length" ? "warn" : attempt.finish ? "good" : ""),
    attempt.fault ? h("span", { class: "sub" }, faultText(attempt.fault), attempt.clock ? ` (clock: ${attempt.clock.replaceAll("_", " ")})` : "") : null,
    attempt.answer ? h("span", { class: "sub" }, attempt.answer) : null),
    h("td", { class: "right number", "data-name": "began" }, seconds(attempt.start_seconds)),
    h("td", { class: "right number", "data-name": "first text" }, seconds(attempt.first_text_seconds)),
    h("td", { class: "right number", "data-name": "took" }, seconds(attempt.seconds)),
    h("td", { class: "right number", "data-name": "tokens" },
      `${count(attempt.usage?.prompt_tokens)} / ${count(attempt.usage?.completion_tokens)}`, attempt.usage?.estimated ? " est." : ""),
    h("td", { class: "right number" }, dollars(attempt.dollars)))), { class: "cards" });
}

export function verdict(trace) {
  const result = trace.verdict;
  if (!result) return h("p", { class: "muted" }, trace.outcome === "decided" ? "Nobody was asked yet." : "There was no answer to aggregate.");
  const most = Math.max(...(result.ballots ?? []).map((ballot) => ballot.votes), 1e-9);
  return [
    h("p", null, result.method === "vote" ? "The answers were put to the vote" : `Method: ${result.method}`,
      result.agreement === undefined ? "" : `; agreement ${percent(result.agreement)}`,
      result.expert ? ["; the answer given is that of ", h("strong", null, result.expert)] : "", "."),
    result.note ? h("p", { class: "muted" }, result.note) : null,
    (result.ballots ?? []).length ? table("Ballots", [{ name: "answer" }, { name: "experts" }, { name: "votes" }],
      result.ballots.map((ballot) => h("tr", null,
        h("td", null, ballot.answer ? `“${ballot.answer.length > 160 ? `${ballot.answer.slice(0, 160)}…` : ballot.answer}”` : h("span", { class: "muted" }, "text is not kept")),
        h("td", null, chips(ballot.experts ?? [])),
        h("td", null, h("div", { class: "load" }, h("span", { class: "number small" }, count(ballot.votes)), bar(ballot.votes / most)))))) : null,
  ];
}

/** Buttons that say how good an answer was. */
export function rating(id, score, told) {
  const choices = [[0, "Useless"], [0.5, "So-so"], [1, "Just right"]];
  const note = h("span", { class: "muted small", role: "status" });
  const buttons = choices.map(([value, text]) => h("button", {
    type: "button", class: score === value ? "chosen" : null, "aria-pressed": String(score === value),
    onclick: async () => {
      note.textContent = "Saving…";
      // The trace is written a moment after its answer has ended.
      for (let attempt = 0; ; attempt += 1) {
        try {
          await post("/v1/feedback", { trace_id: id, score: value });
          break;
        } catch (error) {
          if (error.code !== "trace_not_found" || attempt >= 4) { note.textContent = error.message; return; }
          await new Promise((resolve) => setTimeout(resolve, 300));
        }
      }
      buttons.forEach((button, index) => {
        button.classList.toggle("chosen", choices[index][0] === value);
        button.setAttribute("aria-pressed", String(choices[index][0] === value));
      });
      note.textContent = "Kept; the experts' profiles learn from it.";
      announce("Rating kept");
      told?.(value);
    },
  }, text));
  return h("div", { class: "row", role: "group", "aria-label": "Rate the answer" }, buttons,
    score !== undefined && !choices.some(([value]) => value === score) ? h("span", { class: "muted small" }, `rated ${percent(score)}`) : null, note);
}

export function story(place, { target }) {
  let stopped = false;
  put(place, head("Question", null, h("a", { class: "button", href: "#questions" }, "All questions")));

  const show = ({ trace, feedback }, about) => {
    const [text, kind] = outcome(trace.outcome);
    const total = Math.max(trace.seconds, ...bars(trace).map((one) => one.to));
    const failures = (trace.attempts ?? []).filter((attempt) => attempt.fault).length;
    put(place,
      head("Question", h("span", { class: "row" }, pill(text, kind), h("span", { class: "mono" }, trace.id)),
        h("a", { class: "button", href: "#questions" }, "All questions")),
      h("div", { class: "stack" },
        h("section", { class: "card", "aria-label": "Summary" },
          h("dl", { class: "facts" },
            fact("When", moment(trace.at)), fact("Route", trace.route), fact("Took", seconds(trace.seconds)),
            fact("of which deciding", seconds(trace.decision_seconds)), fact("Cost", dollars(trace.dollars)),
            fact("Tokens", `${count(trace.usage?.prompt_tokens)} in, ${count(trace.usage?.completion_tokens)} out`),
            fact("Attempts", `${count((trace.attempts ?? []).length)}${failures ? `, ${failures} failed` : ""}`),
            trace.request_id ? fact("Request id", trace.request_id) : null, trace.key ? fact("Key", trace.key) : null),
          h("div", { class: "quote", tabindex: "0" }, trace.text ?? h("span", { class: "muted" },
            about.keeps_text ? "The text of this question was not kept." : "The text is not kept: store.keep_text is off."))),
        h("section", { class: "card", "aria-label": "The story" },
          h("ol", null,
            step(1, "Skills it needs", h("p", { class: "muted small" }, ["none", undefined].includes(trace.need?.annotator)
              ? "Nobody looked for skills: who answers was settled without them." : `found by ${trace.need.annotator}`), understood(trace)),
            step(2, "Who suits it", suited(trace)),
            step(3, "Who was recruited, and why",
              h("p", null, chips((trace.recruitment?.seats ?? []).map((seat) => seat.expert))),
              h("p", null, trace.recruitment?.reason),
              h("p", { class: "muted small" }, `strategy ${trace.recruitment?.strategy}, asked ${trace.recruitment?.form === "ladder" ? "in turn" : "together"}, seed ${trace.recruitment?.seed} repeats the draw`)),
            step(4, "What happened when", (trace.attempts ?? []).length || trace.decision_seconds
              ? timeline("Time line", bars(trace), total, seconds, Math.max(620, Math.min(1100, place.clientWidth - 90))) : null,
            h("div", { class: "legend" }, h("span", null, h("i", { class: "k3" }), "deciding"), h("span", null, h("i", { class: "k1" }), "answering, a notch at the first text"),
              h("span", null, h("i", { class: "kbad" }), "failed")),
            attempts(trace)),
            step(5, "What became of the answers", verdict(trace)))),
        (trace.notes ?? []).length ? h("section", { class: "card", "aria-label": "Notes" }, h("header", null, h("h2", null, "What went differently than asked")),
          h("ul", null, trace.notes.map((note) => h("li", null, note)))) : null,
        h("section", { class: "card", "aria-label": "Rating" },
          h("header", null, h("h2", null, "How good was the answer?")), rating(trace.id, feedback?.score),
          feedback?.comment ? h("p", null, `“${feedback.comment}”`) : null),
        h("section", { class: "card", "aria-label": "For the terminal" },
          h("p", { class: "small" }, "The same on the command line: ", h("code", null, `muster trace show ${trace.id}`)),
          h("details", null, h("summary", null, "The whole trace as JSON"),
            h("pre", { class: "quote", tabindex: "0" }, JSON.stringify(trace, null, 2))))));
  };

  Promise.all([read(`/insight/traces/${encodeURIComponent(target)}`), service()])
    .then(([found, about]) => { if (!stopped) show(found, about); })
    .catch((error) => { if (!stopped) put(place, head("Question", null, h("a", { class: "button", href: "#questions" }, "All questions")), trouble(error)); });
  return () => { stopped = true; };
}
