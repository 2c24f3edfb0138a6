// Experts and keys: what the admin key opens. It is held in memory only, and sent in a header with each request.

import { h, put, head, pill, chips, table, dialog, confirmed, empty, trouble, notice, announce, select } from "./elements.js";
import { admin, hasAdminKey, setAdminKey, service } from "./service.js";
import { count, dollars, price, day, plural } from "./figures.js";

const stateKinds = { ready: "good", resting: "warn", unusable: "bad", paused: "", active: "good", expired: "warn", revoked: "bad" };

const field = (label, name, attributes) => h("label", null, label, h("input", { name, autocomplete: "off", ...attributes }));

/** A button that works, says so, and shows what went wrong in `place`. */
function act(text, kind, place, work) {
  const button = h("button", { type: "button", class: kind, onclick: async () => {
    button.disabled = true;
    try { await work(button); } catch (error) { put(place, trouble(error)); }
    button.disabled = false;
  } }, text);
  return button;
}

const verdictKinds = { yes: "good", no: "bad", unclear: "warn" };

/** What an expert was found to do, thing by thing. */
function trialReport(report) {
  return h("ul", { class: "graded" }, report.findings.map((one) => h("li", null,
    h("div", { class: "row" }, h("span", { class: "row" }, pill(one.verdict, verdictKinds[one.verdict] ?? ""), h("strong", null, one.capability.replaceAll("_", " ")))),
    one.seen ? h("p", { class: "small" }, one.seen) : null)));
}

/** What an expert was found to do, and the skills in which it fell, where the service tells. */
function further(expert) {
  const lacks = (expert.capabilities ?? []).filter((one) => one.verdict === "no").map((one) => one.capability.replaceAll("_", " "));
  const has = (expert.capabilities ?? []).filter((one) => one.verdict === "yes").map((one) => one.capability.replaceAll("_", " "));
  return [
    expert.demoted?.length ? h("span", { class: "sub" }, "demoted in ", chips(expert.demoted)) : null,
    has.length ? h("span", { class: "sub" }, `found to do: ${has.join(", ")}`) : null,
    lacks.length ? h("span", { class: "sub" }, `found not to: ${lacks.join(", ")}`) : null,
  ];
}

/** Canary questions, before and now; nothing where the service asks none. */
async function canaries(place) {
  let found;
  try { found = (await admin("GET", "/admin/canaries")).data; } catch { found = []; }
  place.hidden = !found.length;
  if (!found.length) return;
  const share = (one) => one ? `${one.right}/${one.of}` : "–";
  put(place, h("header", null, h("h2", null, "Canaries"), h("span", { class: "muted small" }, "secret questions, asked on a schedule")),
    table("Canaries", [{ name: "expert" }, { name: "skill" }, { name: "before", right: true }, { name: "now", right: true }, { name: "state" }],
      found.map((one) => h("tr", null, h("th", { scope: "row", class: "wide" }, one.expert), h("td", null, one.skill),
        h("td", { class: "right number", "data-name": "before" }, share(one.before)), h("td", { class: "right number", "data-name": "now" }, share(one.now)),
        h("td", null, one.demoted_since ? pill(`demoted since ${day(one.demoted_since)}`, "bad") : pill("holds", "good")))), { class: "cards" }));
}

function experts(place, refresh, loaded) {
  const said = h("div");
  const list = h("div", null, empty("Reading…"));
  const path = (id) => `/admin/experts/${id.split("/").map(encodeURIComponent).join("/")}`;

  const row = (expert) => h("tr", null,
    h("th", { scope: "row", class: "wide" }, expert.id, h("span", { class: "sub" }, [expert.kind, expert.model].filter(Boolean).join(" · "))),
    h("td", { class: "wide" }, pill(expert.state, stateKinds[expert.state] ?? ""), expert.because ? h("span", { class: "sub" }, expert.because) : null, further(expert)),
    h("td", { class: "number", "data-name": "price" }, `${price(expert.price.input)} in, ${price(expert.price.output)} out`, h("span", { class: "sub" }, "a million tokens")),
    h("td", null, expert.added ? "added" : "configuration"),
    h("td", { class: "wide" }, h("div", { class: "row" },
      act("Test", "", said, async (button) => {
        button.textContent = "Asking…";
        try {
          dialog(`Test of ${expert.id}`, "what it did, just now", trialReport(await admin("POST", `${path(expert.id)}/test`)), { narrow: true });
        } finally { button.textContent = "Test"; }
      }),
      act(expert.state === "paused" ? "Resume" : "Pause", "", said, async () => {
        await admin("POST", `${path(expert.id)}/${expert.state === "paused" ? "resume" : "pause"}`);
        announce(`${expert.id} ${expert.state === "paused" ? "resumed" : "paused"}`);
        await load();
      }),
      expert.added ? act("Remove", "danger", said, async () => {
        if (!await confirmed(`Remove ${expert.id}?`, "It is asked nothing more. Its graded answers are kept.", "Remove")) return;
        await admin("DELETE", path(expert.id));
        announce(`${expert.id} removed`);
        await load();
        refresh();
      }) : null)));

  const load = async () => {
    put(said);
    const found = await admin("GET", "/admin/experts");
    put(list, found.data.length ? table("Experts", [{ name: "expert" }, { name: "state" }, { name: "price" }, { name: "from" }, { name: "what to do", hidden: true }],
      found.data.map(row), { class: "cards" }) : empty("There are no experts yet."));
    loaded(found.data);
  };

  const add = () => {
    const wrong = h("div");
    const kind = select("kind", [["openai", "OpenAI's format"], ["anthropic", "Anthropic's"], ["ollama", "Ollama's"], ["local", "a model file, in this process"]], "openai");
    const form = h("form", { class: "stack", onsubmit: async (event) => {
      event.preventDefault();
      const value = (name) => form.elements[name].value.trim();
      const number = (name) => value(name) === "" ? undefined : Number(value(name));
      const definition = {
        kind: value("kind"), base_url: value("base_url") || undefined, model: value("model") || undefined,
        api_key: value("variable") ? `\${env.${value("variable")}}` : undefined, context: number("context"),
        price: number("input") === undefined && number("output") === undefined ? undefined : { input: number("input") ?? 0, output: number("output") ?? 0 },
        limits: number("concurrent") === undefined ? undefined : { concurrent: number("concurrent") },
      };
      try {
        await admin("POST", "/admin/experts", { id: value("id"), definition: JSON.parse(JSON.stringify(definition)), replace: form.elements.replace.checked });
        box.close();
        announce("Expert added");
        await load();
        refresh();
      } catch (error) { put(wrong, trouble(error)); }
    } },
    h("div", { class: "fields" }, field("Id", "id", { required: true, pattern: "[a-z0-9][a-z0-9._\\-]*", placeholder: "qwen-math", title: "Lower-case letters, digits, - _ and ." }), h("label", null, "Speaks", kind)),
    h("div", { class: "fields" }, field("Address", "base_url", { type: "url", placeholder: "http://127.0.0.1:9001/v1" })),
    h("div", { class: "fields" }, field("Model", "model", { placeholder: "what its server calls it" }), field("Context, tokens", "context", { type: "number", min: 1 })),
    h("div", { class: "fields" }, field("Variable that holds its key", "variable", { placeholder: "GENERAL_KEY", pattern: "[A-Za-z_][A-Za-z0-9_]*" }), field("At a time", "concurrent", { type: "number", min: 1 })),
    h("div", { class: "fields" }, field("$ a million tokens in", "input", { type: "number", min: 0, step: "any" }), field("$ a million out", "output", { type: "number", min: 0, step: "any" })),
    h("p", { class: "muted small" }, "Keys are named, not given: the service reads the variable of its own environment."),
    h("label", { class: "inline" }, h("input", { type: "checkbox", name: "replace" }), "Take the place of one that was added under this id"),
    wrong, h("footer", null, h("button", { type: "submit", class: "primary" }, "Add expert")));
    const box = dialog("Add an expert", "kept in the store, checked like the configuration", form);
    form.elements.id.focus();
  };

  put(place, h("header", null, h("h2", null, "Experts"), h("button", { type: "button", onclick: add }, "Add expert")), said, list);
  load().catch((error) => put(list, trouble(error)));
}

const amount = (value) => value === undefined ? [] : [
  value.dollars === undefined ? null : dollars(value.dollars), value.tokens === undefined ? null : plural(value.tokens, "token"),
  value.calls === undefined ? null : plural(value.calls, "call"),
].filter(Boolean);

function keys(place) {
  const said = h("div");
  const list = h("div", null, empty("Reading…"));

  const secretBox = (made, title) => dialog(title, `the secret of ${made.key.name}`, [
    h("p", null, "Copy it now: nothing shows it again."),
    h("code", { class: "secret", tabindex: "0" }, made.secret),
    h("footer", null, navigator.clipboard ? h("button", { type: "button", onclick: async (event) => {
      await navigator.clipboard.writeText(made.secret);
      event.target.textContent = "Copied";
      announce("Copied");
    } }, "Copy") : null, h("button", { type: "button", class: "primary", onclick: (event) => event.target.closest("dialog").close() }, "Done")),
  ], { narrow: true });

  const row = (key) => h("tr", null,
    h("th", { scope: "row", class: "wide" }, key.name, h("span", { class: "sub mono" }, key.prefix)),
    h("td", null, pill(key.state, stateKinds[key.state] ?? ""), key.expires_at && key.state !== "revoked" ? h("span", { class: "sub" }, `${key.state === "expired" ? "since" : "until"} ${day(key.expires_at)}`) : null),
    h("td", { "data-name": "may use" }, key.routes.length ? chips(key.routes) : "everything"),
    h("td", { "data-name": "rates" }, [key.requests_per_minute === undefined ? null : `${count(key.requests_per_minute)} requests`, key.tokens_per_minute === undefined ? null : `${count(key.tokens_per_minute)} tokens`].filter(Boolean).join(", ") || "no limit",
      key.requests_per_minute || key.tokens_per_minute ? h("span", { class: "sub" }, "a minute") : null),
    h("td", { "data-name": "spent" }, amount(key.spent).join(", "),
      h("span", { class: "sub" }, key.budget ? `of ${amount(key.budget).join(", ")}, ${key.period}` : "no budget")),
    h("td", { class: "wide" }, key.state === "revoked" ? null : h("div", { class: "row" },
      act("New secret", "", said, async () => {
        if (!await confirmed(`A new secret for ${key.name}?`, "The present one counts for an hour longer.", "New secret")) return;
        const made = await admin("POST", `/admin/keys/${encodeURIComponent(key.id)}/rotate`, { grace_seconds: 3600 });
        await load();
        secretBox(made, "New secret");
      }),
      act("Revoke", "danger", said, async () => {
        if (!await confirmed(`Revoke ${key.name}?`, "Whoever uses it is refused within a second. This cannot be taken back.", "Revoke")) return;
        await admin("DELETE", `/admin/keys/${encodeURIComponent(key.id)}`);
        announce("Key revoked");
        await load();
      }))));

  const load = async () => {
    put(said);
    const found = (await admin("GET", "/admin/keys")).data;
    const rank = { active: 0, expired: 1, revoked: 2 };
    found.sort((a, b) => rank[a.state] - rank[b.state] || b.created_at - a.created_at);
    put(list, found.length ? table("Keys", [{ name: "key" }, { name: "state" }, { name: "may use" }, { name: "rates" }, { name: "spent" }, { name: "what to do", hidden: true }],
      found.map(row), { class: "cards" }) : empty("No client keys yet."));
  };

  const create = async () => {
    const about = await service();
    const wrong = h("div");
    const scope = [...about.routes, ...about.experts].map(({ id }) =>
      h("label", { class: "inline" }, h("input", { type: "checkbox", name: "scope", value: id }), id));
    const form = h("form", { class: "stack", onsubmit: async (event) => {
      event.preventDefault();
      const value = (name) => form.elements[name].value.trim();
      const number = (name) => value(name) === "" ? undefined : Number(value(name));
      const routes = [...form.querySelectorAll("[name=scope]:checked")].map((one) => one.value);
      const limited = ["budget_dollars", "budget_tokens", "budget_calls"].some((name) => value(name) !== "");
      try {
        const made = await admin("POST", "/admin/keys", JSON.parse(JSON.stringify({
          name: value("name"), routes: routes.length ? routes : undefined, requests_per_minute: number("requests_per_minute"),
          tokens_per_minute: number("tokens_per_minute"), budget_dollars: number("budget_dollars"), budget_tokens: number("budget_tokens"),
          budget_calls: number("budget_calls"), period: limited ? value("period") : undefined,
          expires_in_seconds: number("days") === undefined ? undefined : number("days") * 86400,
        })));
        box.close();
        await load();
        secretBox(made, "Key made");
      } catch (error) { put(wrong, trouble(error)); }
    } },
    h("div", { class: "fields" }, field("Name", "name", { required: true, maxlength: 64, pattern: "[A-Za-z0-9._\\-]+", placeholder: "web", title: "Letters, digits, - _ and ." }), field("Ends after, days", "days", { type: "number", min: 1, max: 3650, placeholder: "never" })),
    h("fieldset", { class: "plain" }, h("legend", null, "May use"), h("p", { class: "muted small" }, "None chosen: everything."), h("div", { class: "row" }, scope)),
    h("div", { class: "fields" }, field("Requests a minute", "requests_per_minute", { type: "number", min: 1, placeholder: "no limit" }), field("Tokens a minute", "tokens_per_minute", { type: "number", min: 1, placeholder: "no limit" })),
    h("div", { class: "fields" }, field("Budget, $", "budget_dollars", { type: "number", min: 0, step: "any", placeholder: "none" }), field("Budget, tokens", "budget_tokens", { type: "number", min: 1, placeholder: "none" }),
      field("Budget, calls", "budget_calls", { type: "number", min: 1, placeholder: "none" }), h("label", null, "Renewed", select("period", [["day", "every day"], ["month", "every month"], ["total", "never"]], "month"))),
    wrong, h("footer", null, h("button", { type: "submit", class: "primary" }, "Create key")));
    const box = dialog("Create a key", "for a client of this service", form);
    form.elements.name.focus();
  };

  put(place, h("header", null, h("h2", null, "Keys"), act("Create key", "", said, create)), said, list);
  load().catch((error) => put(list, trouble(error)));
}

export function manage(place) {
  let stopped = false;
  const body = h("div", { class: "stack" });

  const open = () => {
    const expertPlace = h("section", { class: "card", "aria-label": "Experts" });
    const keyPlace = h("section", { class: "card", "aria-label": "Keys" });
    put(body, h("div", { class: "row" }, pill("Admin key in use", "accent"),
      h("span", { class: "muted small" }, "until this page is closed or loaded again"),
      h("button", { type: "button", onclick: () => { setAdminKey(null); ask(); } }, "Forget it")), expertPlace, keyPlace);
    const canaryPlace = h("section", { class: "card", "aria-label": "Canaries", hidden: true });
    body.append(canaryPlace);
    let hasAsked = false;
    experts(expertPlace, () => service(true), (list) => {
      // Services that know of demotions ask canaries; others have no such path.
      if (!hasAsked && list.some((expert) => expert.demoted !== undefined)) canaries(canaryPlace);
      hasAsked = true;
    });
    keys(keyPlace);
  };

  const ask = (error) => {
    const secret = h("input", { type: "password", name: "admin-key", autocomplete: "off", spellcheck: "false", required: true });
    put(body, error ? trouble(error) : null, h("form", { class: "card stack", onsubmit: async (event) => {
      event.preventDefault();
      setAdminKey(secret.value.trim());
      try { await admin("GET", "/admin/keys"); } catch (refusal) { setAdminKey(null); return ask(refusal); }
      announce("Admin key accepted");
      open();
    } },
    h("p", null, "Adding experts and making keys takes the admin key: what ", h("code", null, "server.admin_key"), " names. This page keeps it in memory only."),
    h("div", { class: "fields" }, h("label", null, "Admin key", secret), h("button", { type: "submit", class: "primary tight" }, "Unlock"))));
    secret.focus({ preventScroll: true });
  };

  put(place, head("Experts and keys", "Who answers, and who may ask."), body);
  service().then((about) => {
    if (stopped) return;
    if (!about.has_admin) {
      put(body, notice("", h("p", null, "The admin API is switched off, so nothing can be changed from here. To switch it on, set a variable and name it:"),
        h("pre", { class: "quote" }, "server:\n  admin_key: \"${env.MUSTER_ADMIN_KEY}\""),
        h("p", { class: "muted small" }, "Until then: muster expert add, muster key create.")));
    } else if (hasAdminKey()) open();
    else ask();
  }).catch((error) => { if (!stopped) put(body, trouble(error)); });
  return () => { stopped = true; };
}
