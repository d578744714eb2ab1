// What was sent to whom, and how it went; in the demo also what its receiver got.

import { time } from "./clock.js";
import { byId, el, keep } from "./dom.js";
import { bdi, line } from "./text.js";
import { ALERT, DELIVERY, isReturn, many, reporter, seconds } from "./words.js";

const MOST = 50;

export class Alerts {
  constructor() {
    this.items = [];
    this.received = new Map();
  }

  set(items) {
    this.items = items.slice(0, MOST);
    this.show();
  }

  /** One alert, new or with a delivery that changed; true when it is new. */
  put(item) {
    const place = this.items.findIndex((one) => one.stream_id === item.stream_id);
    if (place >= 0) this.items[place] = item;
    else this.items = [item, ...this.items].slice(0, MOST);
    this.show();
    return place < 0;
  }

  /** items of /api/endpoints: those that get nothing, and what they did not get. */
  endpoints(items) {
    const wrong = items.filter((one) => one.disabled || one.dead_letters);
    keep(byId("endpoints-list"), wrong, (one) => one.name, endpoint);
  }

  /** items of /api/received. */
  got(items) {
    this.received = new Map(items.map((one) => [one.webhook_id, one]));
    this.show();
  }

  show() {
    const mark = (item) => [item, this.received.get(item.alert.id)];
    keep(byId("alerts-list"), this.items, (item) => item.stream_id, (item) => this.#node(item), mark);
    byId("alerts-empty").hidden = this.items.length > 0;
  }

  #node({ alert, deliveries }) {
    const got = this.received.get(alert.id);
    return el(
      "li",
      { className: "alert", data: { type: alert.type } },
      el("div", { className: "alert-head" }, time(alert.timestamp), el("b", {}, headline(alert))),
      alert.data?.message ? el("p", { className: "note" }, line(alert.data.message, 300)) : null,
      el("ul", { className: "deliveries" }, deliveries.length ? deliveries.map(delivery) : el("li", { className: "note" }, "no endpoint wanted it")),
      got ? receipt(got) : null,
    );
  }
}

/** An alert as a few words, also for the title and the announcement. */
export function headline({ type, data }) {
  const name = data?.case?.name ?? data?.person?.name;
  let words = ALERT[type] ?? line(type);
  if (type === "departure.reported" && data?.case) words = `Reported by ${reporter(data.case)}`;
  if (type === "departure.denied" && data?.case && isReturn(data.case)) words = "Said to be back";
  return name ? `${words}: ${line(name)}` : words;
}

function endpoint({ name, disabled, dead_letters: dead }) {
  return el(
    "li",
    {},
    bdi(name),
    disabled ? el("span", { className: "state dead" }, "disabled") : null,
    disabled ? el("span", { className: "note" }, "since ", time(disabled.at), ` (answer 410: ${line(disabled.reason, 160)})`) : null,
    dead ? el("span", { className: "note" }, many(dead, "dead letter")) : null,
  );
}

function delivery(one) {
  const took = one.delivered_at ? seconds((Date.parse(one.delivered_at) - Date.parse(one.created)) / 1000) : null;
  const trouble = one.state === "delivered" ? null : [one.last_status ? `answer ${one.last_status}` : null, one.last_error].filter(Boolean).join(", ");
  return el(
    "li",
    {},
    bdi(one.endpoint),
    el("span", { className: `state ${one.state}` }, DELIVERY[one.state] ?? line(one.state)),
    el("span", { className: "note" }, took ? `in ${took}` : "", one.attempts !== 1 ? `${took ? ", " : ""}${many(one.attempts, "attempt")}` : ""),
    trouble ? el("span", { className: "note" }, line(trouble, 160)) : null,
    one.state === "due" && one.next_at && one.attempts ? el("span", { className: "note" }, "next ", time(one.next_at)) : null,
  );
}

function receipt({ verified, seconds: took }) {
  const checked = verified ? "✓ signature verified" : "✗ signature NOT verified";
  const words = `received by the demo's receiver, ${checked}${Number.isFinite(took) ? `, ${seconds(took)} after the post` : ""}`;
  return el("p", { className: verified ? "receipt" : "receipt wrong" }, words);
}
