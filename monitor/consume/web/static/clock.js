// Times: shown in UTC or in the reader's zone, all switched at once.

import { byId, el, setText } from "./dom.js";
import { local } from "./memory.js";

let utc = local.getItem("monitor.zone") !== "local";
const formats = new Map();

function format(options) {
  const key = JSON.stringify(options) + utc;
  if (!formats.has(key)) {
    const zone = utc ? { timeZone: "UTC" } : {};
    formats.set(key, new Intl.DateTimeFormat("en-GB", { hourCycle: "h23", ...zone, ...options }));
  }
  return formats.get(key);
}

const CLOCK = { hour: "2-digit", minute: "2-digit", second: "2-digit" };
const DAY = { day: "numeric", month: "short" };

export const zoneName = () =>
  utc ? "UTC" : format({ timeZoneName: "short" }).formatToParts(new Date()).find((p) => p.type === "timeZoneName").value;
export const isUtc = () => utc;

/** "16:30:05" today, else "3 Mar 16:30"; with `full` day, year and zone. */
export function say(date, full = false) {
  if (Number.isNaN(date.getTime())) return "time unknown";
  if (full) return `${format({ ...DAY, year: "numeric" }).format(date)} ${format(CLOCK).format(date)} ${zoneName()}`;
  const day = format({ ...DAY, year: "numeric" });
  if (day.format(date) === day.format(new Date())) return format(CLOCK).format(date);
  const sameYear = date.getUTCFullYear() === new Date().getUTCFullYear();
  const short = format({ ...DAY, ...(sameYear ? {} : { year: "numeric" }) }).format(date);
  return `${short} ${format({ hour: "2-digit", minute: "2-digit" }).format(date)}`;
}

const MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** A day that a text names, the same in every zone; the first of a month stands for the month. */
export function day(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return (date.getUTCDate() === 1 ? MONTH : DATE).format(date);
}

/** Labels of a time axis: one for each POSIX second in `splits`, `step` seconds apart. */
export function axis(splits, step) {
  const clock = format(step < 60 ? CLOCK : { hour: "2-digit", minute: "2-digit" });
  return splits.map((at) => (step >= 43200 ? format(DAY) : clock).format(new Date(at * 1000)));
}

/** A <time> that follows the switch. */
export function time(at, className = "") {
  if (!at) return el("span", { className }, "–");
  const date = new Date(at);
  return el("time", { className, dateTime: at, title: say(date, true) }, say(date));
}

/** Start the header's clock and its switch; `changed` is called after a switch. */
export function startClock(changed) {
  const tick = () => setText(byId("clock"), format(CLOCK).format(new Date()));
  const label = () => {
    setText(byId("zone"), zoneName());
    byId("zone").title = utc ? "Times are UTC. Press for local time." : "Times are local. Press for UTC.";
    for (const node of document.querySelectorAll("time[datetime]")) {
      const date = new Date(node.dateTime);
      node.title = say(date, true);
      setText(node, say(date));
    }
    tick();
  };
  byId("zone").addEventListener("click", () => {
    utc = !utc;
    local.setItem("monitor.zone", utc ? "utc" : "local");
    label();
    changed();
  });
  label();
  setInterval(tick, 1000);
}
