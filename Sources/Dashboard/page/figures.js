// Numbers as people read them.

const tight = (value, digits) => value.toFixed(digits).replace(/\.?0+$/, "");

/** 0, 0.42, 7.3, 42, 1,234, 12.3k, 4.5M */
export function count(value) {
  if (value === null || value === undefined) return "–";
  const size = Math.abs(value);
  if (size >= 1e9) return `${tight(value / 1e9, 1)}G`;
  if (size >= 1e6) return `${tight(value / 1e6, 1)}M`;
  if (size >= 1e4) return `${tight(value / 1e3, 1)}k`;
  if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString("en-US");
  return size >= 10 ? tight(value, 1) : tight(value, 2);
}

/** The value and the unit of a time in seconds, apart. */
export function secondsParts(value) {
  if (value === null || value === undefined) return ["–", ""];
  if (value < 0.000005) return ["0", "ms"];
  if (value < 0.00095) return [tight(value * 1e3, 2), "ms"];
  if (value < 0.00995) return [tight(value * 1e3, 1), "ms"];
  if (value < 0.9995) return [String(Math.round(value * 1e3)), "ms"];
  if (value < 10) return [value.toFixed(2), "s"];
  if (value < 100) return [value.toFixed(1), "s"];
  if (value < 5400) return [String(Math.round(value / 60)), "min"];
  return [tight(value / 3600, 1), "h"];
}

export const seconds = (value) => secondsParts(value).join(" ").trim();

/** Dollars: small amounts keep two digits that mean something. */
export function dollars(value) {
  if (value === null || value === undefined) return "–";
  if (value === 0) return "$0";
  const size = Math.abs(value);
  if (size >= 1000) return `$${count(value)}`;
  if (size >= 1) return `$${value.toFixed(2)}`;
  if (size < 1e-6) return "<$0.000001";
  const digits = Math.min(8, 1 - Math.floor(Math.log10(size)));
  return `$${value.toFixed(Math.max(2, digits))}`;
}

/** Dollars for a million tokens: cents are always said. */
export const price = (value) => `$${value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 })}`;

export const percent = (share, digits = 0) =>
  share === null || share === undefined ? "–" : `${(share * 100).toFixed(digits)} %`;

export function bytes(value) {
  if (value === null || value === undefined) return "–";
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let index = 0;
  while (value >= 1024 && index < units.length - 1) { value /= 1024; index += 1; }
  return `${value >= 100 || index === 0 ? Math.round(value) : value.toFixed(1)} ${units[index]}`;
}

const clockFormat = new Intl.DateTimeFormat(undefined,
  { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const shortFormat = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const fullFormat = new Intl.DateTimeFormat(undefined,
  { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });

/** Moments come in microseconds since 1970. */
export const date = (micros) => new Date(micros / 1000);
export const clock = (micros) => clockFormat.format(date(micros));
export const hour = (micros) => shortFormat.format(date(micros));
export const moment = (micros) => fullFormat.format(date(micros));
export const day = (micros) => dayFormat.format(date(micros));

/** The time of day of today, else the day too. */
export function when(micros) {
  const then = date(micros);
  return then.toDateString() === new Date().toDateString() ? clock(micros) : `${day(micros)} ${hour(micros)}`;
}

/** 3 questions, 1 question */
export const plural = (number, word, words = `${word}s`) => `${count(number)} ${number === 1 ? word : words}`;

const outcomes = {
  complete: ["complete", "good"], truncated: ["truncated", "warn"], failed_over: ["failed over", "warn"],
  failed: ["failed", "bad"], client_gone: ["client gone", ""], decided: ["decided", "accent"],
};
/** The words and the colour of an outcome. */
export const outcome = (name) => outcomes[name] ?? [String(name ?? "unknown").replaceAll("_", " "), ""];

/**
 * How likely a difference this uneven is by chance alone: the exact test of McNemar on questions that only one of two
 * got right.
 */
export function mcnemar(onlyFirst, onlySecond) {
  const n = onlyFirst + onlySecond;
  if (n === 0) return 1;
  let term = -n * Math.LN2;
  let sum = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k += 1) {
    sum += Math.exp(term);
    term += Math.log(n - k) - Math.log(k + 1);
  }
  return Math.min(1, 2 * sum);
}
