// The words and shapes for statuses, claims and states. Nothing is told by colour alone.

import { el, svg } from "./dom.js";

export const STATUS = {
  none: "no sign",
  rumoured: "rumoured",
  reported: "reported",
  confirmed: "confirmed",
  denied: "denied",
  retracted: "retracted",
  dismissed: "dismissed",
  departed: "departed (known before)",
};
export const BACK = "said to be back";
// How much a status wants to be looked at first.
export const WEIGHT = { confirmed: 6, reported: 5, rumoured: 4, denied: 3, retracted: 2, dismissed: 1, departed: 1, none: 0 };
export const CLAIM = {
  self_announced: "announces it",
  reported: "reports it",
  profile_changed: "profile changed",
  rumoured: "hints at it",
  denied: "denies it",
};
export const STRENGTH = { strong: "strong", medium: "medium", weak: "weak", none: "carries nothing" };
export const ALERT = {
  "departure.rumoured": "Rumoured",
  "departure.reported": "Reported",
  "departure.confirmed": "Departure confirmed",
  "departure.denied": "Departure denied",
  "departure.retracted": "Departure retracted",
  "source.blind": "Source not readable",
  "delivery.dead": "Delivery given up",
  "endpoint.disabled": "Endpoint disabled",
  "monitor.digest": "Digest of the day",
  "monitor.test": "Test message",
};
export const SOURCE = {
  opening: "opening",
  open: "readable",
  blind: "not readable",
  done: "read to its end",
  elsewhere: "read by another process",
};
export const DELIVERY = {
  due: "waiting",
  sending: "sending",
  delivered: "delivered",
  dead: "given up",
  superseded: "replaced by a newer one",
};

/** The status of an item of /api/people as one of STATUS's keys. */
export function statusOf(person) {
  return person.status ?? (person.departed ? "departed" : "none");
}

// Each status has a shape of its own: empty, quarter, half and full disc; cross, arrow, bar, square.
const SHAPES = {
  none: () => [ring("2 2.4")],
  rumoured: () => [ring(), path("M8 8V2a6 6 0 0 1 6 6z")],
  reported: () => [ring(), path("M8 2a6 6 0 0 1 0 12z")],
  confirmed: () => [svg("circle", { cx: 8, cy: 8, r: 6.6, fill: "currentColor" })],
  denied: () => [ring(), stroke("M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2")],
  retracted: () => [stroke("M3 8h9.5M6.6 3.8L2.6 8l4 4.2")],
  dismissed: () => [ring(), stroke("M5 8h6")],
  departed: () => [svg("rect", { x: 2.5, y: 2.5, width: 11, height: 11, rx: 1.5, fill: "currentColor" })],
};

const ring = (dash) =>
  svg("circle", { cx: 8, cy: 8, r: 6, fill: "none", stroke: "currentColor", "stroke-width": 1.6, ...(dash && { "stroke-dasharray": dash }) });
const path = (d) => svg("path", { d, fill: "currentColor" });
const stroke = (d) =>
  svg("path", { d, fill: "none", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round" });

/** A status as shape and plain words, or as other words than the status's own. */
export function badge(status, size = 14, words = null) {
  const key = Object.hasOwn(STATUS, status) ? status : "none";
  const shape = svg("svg", { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true" }, SHAPES[key]());
  return el("span", { className: `status ${key}` }, shape, el("span", {}, words ?? STATUS[key]));
}

/** A number of things: 1 voice, 2 voices. */
export function many(count, word, words = word + "s") {
  return `${number(count)} ${count === 1 ? word : words}`;
}

const whole = new Intl.NumberFormat("en");
export const number = (value) => (Number.isFinite(value) ? whole.format(value) : "–");

/** A mean or a score with its sign, or an en dash where there is none. */
export function signed(value) {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(2);
  return text === "0.00" ? "0.00" : (value > 0 ? "+" : "−") + text;
}

/** How many times what is usual: ×0.8, ×3.5, ×41. */
export const times = (value) => (Number.isFinite(value) ? `×${value < 10 ? value.toFixed(1) : whole.format(Math.round(value))}` : "–");

/** Seconds as people say them. */
export function seconds(value) {
  if (!Number.isFinite(value)) return "–";
  if (value < 0.9995) return `${Math.max(0, Math.round(value * 1000))} ms`;
  if (value < 60) return `${value < 10 && !Number.isInteger(value) ? value.toFixed(1) : Math.round(value)} s`;
  if (value < 5400) return `${Math.round(value / 60)} min`;
  return value < 172800 ? `${Math.round(value / 3600)} h` : `${Math.round(value / 86400)} d`;
}

// Why a claim weighs what it weighs, and why a status changed: the words of monitor/reasons.py.
const WHY = {
  "person.announcement": "the person's own account",
  "person.profile": "the person's own profile changed",
  "person.denial": "the person's own account denies it",
  "person.return": "the person's own account says that they are back",
  "organisation.statement": "the organisation itself says so",
  "organisation.denial": "the organisation denies it",
  "organisation.return": "the organisation says that they are back",
  "third-party.denial": "somebody else denies it",
  "third-party.return": "somebody else says that they are back",
  "outlet.report": "a trusted outlet reports it",
  "outlet.return": "a trusted outlet reports the return",
  "one-voice": "one voice",
  "two-voices": "two independent voices",
  hedged: "hedged words",
  "operator.confirm": "an operator confirmed it",
  "operator.dismiss": "an operator dismissed it",
  "operator.reopen": "an operator reopened it",
  "evidence.deleted": "the only evidence was deleted",
  "evidence.edited": "the only evidence was edited and says it no more",
  "no-evidence": "no evidence stands",
};

const first = (rule) => String(rule ?? "").split(" ", 1)[0];
const reason = (rule) => (Object.hasOwn(WHY, first(rule)) ? WHY[first(rule)] : first(rule));
const RANK = { rumoured: 1, reported: 2, confirmed: 3 };

/** Why a status changed, a line of a case's history, in words. */
export function why({ from, to, rule }) {
  const fell = RANK[to] && RANK[to] < (RANK[from] ?? 0);
  return fell ? `some evidence fell away; what stands: ${reason(rule)}` : reason(rule);
}

/** Did the last change of a case come from the word that the person is back? */
export const isReturn = (one) => first(given(one)?.rule).endsWith(".return");

/** The change that gave a case its status; an operator's act that changed nothing gave none. */
const given = (one) => one.history?.filter(({ from, to }) => from !== to).at(-1);

/** What somebody says of a departure: "reports it"; of a denial by a return, that. */
export function says({ claim, rule, returned }) {
  if (claim === "denied" && (returned || first(rule).endsWith(".return"))) return "says they are back";
  return CLAIM[claim] ?? String(claim);
}

/** The status of a case; one that ended by a return is no denied one. */
export const caseBadge = (one, size) => badge(one.status, size, one.status === "denied" && isReturn(one) ? BACK : null);

/** Who reports it: "a trusted outlet", "2 independent voices". */
export function reporter(one) {
  const kind = first(given(one)?.rule).split(".", 1)[0];
  return { outlet: "a trusted outlet", person: "the person's own profile" }[kind] ?? many(one.voices ?? 0, "independent voice");
}

/** How sure it is and by whom; below confirmed it is told as what others say. */
export function sure(one) {
  const last = given(one) ?? {};
  const voices = many(one.voices ?? 0, "independent voice");
  const by = reporter(one);
  const lines = {
    rumoured: `Rumoured by ${voices}; no confirmation seen`,
    reported: `Reported by ${by}${by === voices ? "" : ` (${voices})`}; no confirmation seen`,
    confirmed: `Confirmed: ${reason(last.rule)} (${voices})`,
    denied: `${isReturn(one) ? "Said to be back" : "Denied"}: ${reason(last.rule)}`,
    retracted: `Withdrawn: ${reason(last.rule)}`,
    dismissed: "Dismissed: an operator dismissed it",
  };
  return lines[one.status] ?? "";
}

/** A rule as words, with the id of the wording's rule as it is: "one voice, en.verb.left". */
export function ruleWords(rule) {
  return [reason(rule), ...String(rule ?? "").split(" ").slice(1)].filter(Boolean).join(", ");
}
