// Elements without markup in strings: what people wrote is always text, never HTML.

const svgNames = "http://www.w3.org/2000/svg";

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.setAttribute("class", value);
    else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
    else if (["value", "checked", "selected", "disabled", "open"].includes(name)) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** An element: h("p", {class: "muted"}, "text", other). */
export const h = (name, properties, ...children) => fill(document.createElement(name), properties, children);

/** The same within a drawing. */
export const s = (name, properties, ...children) =>
  fill(document.createElementNS(svgNames, name), properties, children);

/** Puts other children in place of those an element has. */
export function put(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Says something to screen readers. */
export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  requestAnimationFrame(() => { place.textContent = text; });
}

export const pill = (text, kind = "") => h("span", { class: `pill ${kind}` }, text);
export const chips = (names) => h("span", { class: "chips" }, names.map((name) => h("span", { class: "chip" }, name)));
export const empty = (...children) => h("p", { class: "empty" }, children);

export function notice(kind, ...children) {
  return h("div", { class: `notice ${kind}`, role: kind === "bad" ? "alert" : null }, children);
}

/** What went wrong, as a notice. */
export const trouble = (error) => notice("bad", error.message ?? String(error));

/** The head of a panel; its title takes the focus when the panel is opened. */
export function head(title, about, ...tools) {
  return h("div", { class: "head" },
    h("div", { class: "grow" },
      h("h1", { tabindex: "-1" }, title), about ? h("p", { class: "muted" }, about) : null),
    tools);
}

/** Only what is too wide for its place can be scrolled, and is a stop of the keyboard then. */
const widths = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const place = target.closest(".scroll");
    if (!place) continue;
    if (place.scrollWidth > place.clientWidth + 1) {
      place.tabIndex = 0;
      place.setAttribute("role", "region");
    } else if (place !== document.activeElement) {
      place.removeAttribute("tabindex");
      place.removeAttribute("role");
    }
  }
});

/** A place that scrolls by itself when its content is too wide, with the keyboard too. */
export function scrolling(label, content) {
  const place = h("div", { class: "scroll", "aria-label": label, role: "region", tabindex: "0" }, content);
  widths.observe(place);
  widths.observe(content);
  return place;
}

export function table(label, columns, rows, options = {}) {
  return scrolling(`${label}, table`,
  h("table", { class: options.class },
    h("caption", { class: "visually-hidden" }, label),
    h("thead", null, h("tr", null, columns.map((column) =>
      h("th", { scope: "col", class: column.right ? "right" : null },
        column.hidden ? h("span", { class: "visually-hidden" }, column.name) : column.name)))),
    h("tbody", null, rows)));
}

/** A dialog that is there until it is closed. */
export function dialog(title, about, content, options = {}) {
  const close = h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: () => box.close() }, "✕");
  const id = `title-${Math.random().toString(36).slice(2)}`;
  const box = h("dialog", { class: options.narrow ? "narrow" : null, "aria-labelledby": id },
    h("header", null, h("div", null, h("h2", { id }, title), about ? h("p", { class: "muted small" }, about) : null),
      close),
    h("div", { class: "inside" }, content));
  box.addEventListener("close", () => { box.remove(); options.closed?.(); });
  box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
  document.body.append(box);
  box.showModal();
  return box;
}

/** Asks before something that cannot be taken back; resolves to true or false. */
export function confirmed(title, about, action) {
  return new Promise((resolve) => {
    let answer = false;
    const box = dialog(title, null, [
      h("p", null, about),
      h("footer", null,
        h("button", { type: "button", onclick: () => box.close() }, "Cancel"),
        h("button", { type: "button", class: "danger", onclick: () => { answer = true; box.close(); } }, action)),
    ], { narrow: true, closed: () => resolve(answer) });
  });
}

/** A choice of a few, as buttons side by side. */
export function segments(label, choices, chosen, pick) {
  const buttons = choices.map(([value, text]) =>
    h("button", { type: "button", "aria-pressed": String(value === chosen), onclick: () => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === String(value)));
      pick(value);
    }, "data-value": value }, text));
  return h("div", { class: "segments", role: "group", "aria-label": label }, buttons);
}

/** A list to choose from; `""` stands for any. */
export function select(name, options, chosen, any) {
  return h("select", { name }, any === undefined ? null : h("option", { value: "" }, any),
    options.map((option) => {
      const [value, text] = Array.isArray(option) ? option : [option, option];
      return h("option", { value, selected: value === chosen }, text);
    }));
}
