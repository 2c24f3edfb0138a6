// Playground: one question to up to four routes or experts side by side, with the reasons, and a word on each answer.

import { h, put, head, pill, chips, trouble, notice, announce } from "./elements.js";
import { ask, service } from "./service.js";
import { count, seconds, dollars, percent, outcome } from "./figures.js";
import { rating } from "./story.js";

const most = 4;
const kept = { text: "", system: "", targets: null, temperature: "", tokens: "", seed: "", seats: "" };

function explanation(trace) {
  const recruitment = trace.recruitment ?? {};
  const skills = [...new Set((trace.need?.mentions ?? []).map((mention) => mention.skill).filter(Boolean))];
  const seats = (recruitment.seats ?? []).map((seat) => seat.expert);
  const best = (recruitment.suitabilities ?? []).filter((one, index) => index === 0 || one.probability >= 0.005).slice(0, 4);
  const result = trace.verdict;
  const [text, kind] = outcome(trace.outcome);
  return h("div", { class: "why" },
    h("dl", null,
      h("dt", null, "needs"), h("dd", null, skills.length ? chips(skills) : "no skill was found"),
      best.length ? [h("dt", null, "suitable"), h("dd", null, best.map((one) => `${one.expert} ${percent(one.probability)}`).join(", "))] : null,
      h("dt", null, "recruited"), h("dd", null, chips(seats)),
      h("dt", null, "because"), h("dd", null, recruitment.reason || "it was addressed"),
      result ? [h("dt", null, "verdict"), h("dd", null, `${result.method}${result.agreement === undefined ? "" : `, agreement ${percent(result.agreement)}`}${result.expert ? `, answer of ${result.expert}` : ""}`)] : null,
      h("dt", null, "ended"), h("dd", null, pill(text, kind))),
    h("p", null, h("a", { href: `#questions/${trace.id}` }, "The whole story")));
}

/** One answer on its way; returns how to stop it. */
function run(card, target, body) {
  const stop = new AbortController();
  const said = h("div", { class: "said waits", tabindex: "0", "aria-label": `Answer of ${target}` });
  const thinking = h("details", { hidden: true }, h("summary", null, "Thinking"), h("div", { class: "quote small", tabindex: "0" }));
  const figures = h("p", { class: "muted small", role: "status" }, "Asking…");
  const foot = h("div");
  put(card, h("header", null, h("h2", null, target)), figures, thinking, said, foot);
  const began = performance.now();
  let first = null;
  let text = "";

  const work = async () => {
    let usage = null;
    let trace = null;
    let finish = null;
    let id = null;
    for await (const { data } of ask({ ...body, model: target }, stop.signal)) {
      if (data === "[DONE]") break;
      const chunk = JSON.parse(data);
      if (chunk.error) throw new Error(chunk.error.message);
      id ??= chunk.id;
      usage = chunk.usage ?? usage;
      trace = chunk.muster?.trace ?? trace;
      const choice = chunk.choices?.[0];
      finish = choice?.finish_reason ?? finish;
      if (choice?.delta?.reasoning_content) {
        thinking.hidden = false;
        thinking.lastChild.append(choice.delta.reasoning_content);
      }
      if (choice?.delta?.content) {
        first ??= performance.now() - began;
        text += choice.delta.content;
        said.append(choice.delta.content);
        said.scrollTop = said.scrollHeight;
        figures.textContent = `first text after ${seconds(first / 1000)}`;
      }
    }
    const took = (performance.now() - began) / 1000;
    const parts = [seconds(took)];
    if (first !== null) parts.push(`first text ${seconds(first / 1000)}`);
    if (usage) parts.push(`${count(usage.completion_tokens)} tokens`);
    if (usage && first !== null && took > first / 1000 && usage.completion_tokens > 1) parts.push(`${count((usage.completion_tokens - 1) / (took - first / 1000))} tokens/s`);
    if (trace) parts.push(dollars(trace.dollars));
    if (finish === "length") parts.push("cut by the token limit");
    figures.textContent = parts.join(" · ");
    if (!text) put(said, h("span", { class: "muted" }, finish === "tool_calls" ? "It asks for a tool." : "It said nothing."));
    put(foot, trace ? explanation(trace) : null, id ? rating(id.replace(/^chatcmpl-/, "")) : null);
    announce(`${target} has answered`);
  };

  const done = work().catch((error) => {
    if (error.name === "AbortError") figures.textContent = "Stopped";
    else { figures.textContent = ""; put(foot, trouble(error)); }
  }).finally(() => said.classList.remove("waits"));
  return { stop: () => stop.abort(), done };
}

export function playground(place) {
  let stopped = false;
  let running = [];
  const targets = h("div", { class: "row", role: "group", "aria-label": "Routes and experts to ask, up to four" });
  const text = h("textarea", { name: "question", rows: 4, placeholder: "Solve for x: 5x - 8 = 37.", value: kept.text });
  const system = h("textarea", { name: "system", rows: 2, value: kept.system });
  const number = (name, label, attributes) => h("label", null, label,
    h("input", { type: "number", name, value: kept[name], placeholder: "default", ...attributes }));
  const send = h("button", { type: "submit", class: "primary" }, "Ask");
  const halt = h("button", { type: "button", hidden: true, onclick: () => { for (const one of running) one.stop(); } }, "Stop");
  const answers = h("div", { class: "answers" });
  const said = h("p", { class: "muted small", role: "status" });
  let about = null;

  const chooseTargets = () => {
    const all = [...about.routes.map((one) => ({ ...one, kind: "route" })), ...about.experts.map((one) => ({ ...one, kind: "expert" }))];
    kept.targets = (kept.targets ?? []).filter((id) => all.some((one) => one.id === id));
    if (!kept.targets.length && all.length) kept.targets = [all[0].id];
    put(targets, all.map((one) => {
      const button = h("button", { type: "button", title: one.summary, "aria-pressed": String(kept.targets.includes(one.id)), class: kept.targets.includes(one.id) ? "chosen" : null,
        onclick: () => {
          const chosen = kept.targets.includes(one.id);
          if (!chosen && kept.targets.length >= most) { said.textContent = "Four at a time are enough: take one away first."; return; }
          kept.targets = chosen ? kept.targets.filter((id) => id !== one.id) : [...kept.targets, one.id];
          said.textContent = "";
          button.classList.toggle("chosen", !chosen);
          button.setAttribute("aria-pressed", String(!chosen));
        } }, one.id, h("span", { class: "muted small" }, one.kind));
      return button;
    }));
  };

  const form = h("form", { class: "card stack", onsubmit: async (event) => {
    event.preventDefault();
    for (const field of form.elements) if (field.name) kept[{ question: "text" }[field.name] ?? field.name] = field.value;
    if (!kept.text.trim()) { said.textContent = "Write a question first."; text.focus(); return; }
    if (!kept.targets?.length) { said.textContent = "Choose a route or an expert."; return; }
    said.textContent = "";
    const whole = (value) => value === "" ? undefined : Number(value);
    const muster = { explain: about.explains || undefined, seed: whole(kept.seed), seats: whole(kept.seats), cache: false };
    const body = {
      stream: true, stream_options: { include_usage: true },
      messages: [...(kept.system.trim() ? [{ role: "system", content: kept.system }] : []), { role: "user", content: kept.text }],
      temperature: whole(kept.temperature), max_completion_tokens: whole(kept.tokens), muster,
    };
    const cards = kept.targets.map(() => h("article", { class: "card answer" }));
    put(answers, cards);
    send.disabled = true;
    halt.hidden = false;
    running = kept.targets.map((target, index) => run(cards[index], target, body));
    await Promise.all(running.map((one) => one.done));
    running = [];
    if (stopped) return;
    send.disabled = false;
    halt.hidden = true;
  } },
  h("label", null, "Question", text),
  h("div", null, h("h2", { class: "small muted" }, "Ask"), targets),
  h("details", null, h("summary", null, "System message and settings"),
    h("div", { class: "stack" }, h("label", null, "System message", system),
      h("div", { class: "fields" },
        number("temperature", "Temperature", { min: 0, max: 2, step: "any" }), number("tokens", "Most tokens", { min: 1, max: 10000000 }),
        number("seats", "Seats", { min: 1, max: 64 }), number("seed", "Seed of the draw", { min: 0 })))),
  h("div", { class: "row" }, send, halt, h("span", { class: "muted small" }, "Ctrl+Enter asks"), said));
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (!send.disabled) form.requestSubmit(); }
  });

  put(place, head("Playground", "One question, up to four answers side by side, each with its reasons."), form, answers);
  service().then((found) => {
    about = found;
    if (stopped) return;
    chooseTargets();
    if (!about.explains) form.prepend(notice("warn", "Explanations are switched off: server.show_trace is never."));
  }).catch((error) => { if (!stopped) put(answers, trouble(error)); });
  return () => { stopped = true; for (const one of running) one.stop(); };
}
