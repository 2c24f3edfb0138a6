// Talks to the service this page comes from, and to nobody else.

const base = new URL(".", document.baseURI);
const keyName = "muster-key";

/** The key of whoever looks: kept for this tab alone, and sent in a header, so that no other page can use it. */
let key = null;
try { key = sessionStorage.getItem(keyName); } catch { /* then it is asked for again */ }

/** The admin key lives in this variable only: it is gone when the page is. */
let adminKey = null;

export const hasAdminKey = () => adminKey !== null;
export function setAdminKey(value) { adminKey = value; }

export function setKey(value) {
  key = value;
  try {
    if (value) sessionStorage.setItem(keyName, value);
    else sessionStorage.removeItem(keyName);
  } catch { /* it counts until the page is closed */ }
}

/** An answer that says no. */
export class Refusal extends Error {
  constructor(status, body) {
    super(body?.error?.message ?? `The service answered with status ${status}.`);
    this.status = status;
    this.code = body?.error?.code ?? "";
    this.param = body?.error?.param ?? null;
  }
}

function headers(secret, more) {
  const all = { ...more };
  if (secret) all.Authorization = `Bearer ${secret}`;
  return all;
}

async function send(path, options, secret) {
  let response;
  try {
    response = await fetch(new URL(path.replace(/^\//, ""), base), {
      cache: "no-store", credentials: "omit", referrerPolicy: "no-referrer", ...options,
      headers: headers(secret, options?.headers),
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The service cannot be reached. Is it running?");
  }
  if (response.ok) return response;
  let body = null;
  try { body = await response.json(); } catch { /* no words of its own */ }
  if (response.status === 401 && secret === key) window.dispatchEvent(new CustomEvent("muster-key-wanted"));
  throw new Refusal(response.status, body);
}

const json = (body) => ({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const read = async (path, options) => (await send(path, options, key)).json();
export const post = async (path, body) => (await send(path, { method: "POST", ...json(body) }, key)).json();
export const admin = async (method, path, body) =>
  (await send(path, { method, ...(body === undefined ? {} : json(body)) }, adminKey)).json();

/** A query string of what is not empty. */
export function query(values) {
  const pairs = Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return pairs.length ? `?${new URLSearchParams(pairs)}` : "";
}

/** The events of a stream, as {event, data}, one after the other. */
export async function* events(path, options) {
  const response = await send(path, options, key);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      let end;
      while ((end = text.indexOf("\n\n")) >= 0) {
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        let event = "message";
        const data = [];
        for (const line of block.split("\n")) {
          if (line.startsWith("event:")) event = line.slice(6).trim();
          else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
        }
        if (data.length) yield { event, data: data.join("\n"), headers: response.headers };
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

export const ask = (body, signal) => events("/v1/chat/completions", { method: "POST", signal, ...json(body) });

let summary = null;
/** What the page has to know of the service; asked for once, and again when something was changed. */
export function service(again = false) {
  if (!summary || again) {
    summary = read("/insight/service");
    summary.catch(() => { summary = null; });
  }
  return summary;
}

/**
 * The one stream of live figures, for as long as somebody looks. `listen` gets every event; `state` hears whether the
 * stream is there.
 */
export class LiveStream {
  #listeners = new Set();
  #stop = null;
  #wait = 1000;
  #hiddenTimer = null;
  history = null;

  constructor(state) {
    this.state = state;
    document.addEventListener("visibilitychange", () => {
      clearTimeout(this.#hiddenTimer);
      // A page that nobody looks at for five minutes costs the service nothing.
      if (document.hidden) this.#hiddenTimer = setTimeout(() => this.close("paused"), 300_000);
      else if (!this.#stop) this.open();
    });
  }

  listen(listener) {
    this.#listeners.add(listener);
    if (this.history) listener("history", this.history);
    return () => this.#listeners.delete(listener);
  }

  close(state = "off") {
    this.#stop?.abort();
    this.#stop = null;
    this.state(state);
  }

  async open() {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.state("connecting");
    try {
      for await (const { event, data } of events("/insight/live", { signal: stop.signal })) {
        if (this.#stop !== stop) return;
        const value = JSON.parse(data);
        if (event === "history") { this.history = value; this.#wait = 1000; } else this.#extend(value);
        this.state("on");
        for (const listener of this.#listeners) listener(event, value);
      }
    } catch (error) {
      if (error.name === "AbortError" || this.#stop !== stop) return;
      if (error instanceof Refusal && [401, 403, 404].includes(error.status)) {
        this.#stop = null;
        return this.state("refused", error);
      }
    }
    if (this.#stop !== stop) return;
    this.state("off");
    setTimeout(() => { if (this.#stop === stop) this.open(); }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, 30_000);
  }

  /** Keeps the history as the service would tell it now. */
  #extend(now) {
    if (!this.history) return;
    this.history.now = { ...now, traces: merged(this.history.now.traces, now.traces) };
    for (const point of now.points) {
      const list = point.width === 10 ? this.history.hour : this.history.day;
      const index = list.findLastIndex((old) => old.at <= point.at);
      if (index >= 0 && list[index].at === point.at) list[index] = point;
      else list.splice(index + 1, 0, point);
      const limit = point.width === 10 ? 3600e6 : 86400e6;
      while (list.length && list[0].at < point.at - limit) list.shift();
    }
  }
}

/** The latest questions of two lists, each once, oldest first. */
export function merged(old, fresh) {
  const known = new Map(old.map((line) => [line.id, line]));
  for (const line of fresh) known.set(line.id, line);
  return [...known.values()].slice(-40);
}
