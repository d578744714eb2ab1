// The sources: whether each can be read now, and when it could not.

import { time } from "./clock.js";
import { byId, el, keep, setText } from "./dom.js";
import { bdi, line } from "./text.js";
import { SOURCE, many, number } from "./words.js";

const MOST_GAPS = 20;

export class Sources {
  constructor() {
    this.items = [];
  }

  set(items) {
    this.items = items;
    keep(byId("sources-rows"), items, (one) => one.name, row);
    const blind = items.filter((one) => one.state === "blind").map((one) => line(one.name, 40));
    const note = byId("blind");
    note.hidden = blind.length === 0;
    setText(note, `Not readable now: ${blind.join(", ")}. What is said there is not seen.`);
    byId("sources-empty").hidden = items.length > 0;
  }

  /** Stretches in which a source could not be read, as seconds: [{from, to, name}]. */
  blind(now) {
    return this.items.flatMap((one) => {
      const gaps = one.gaps.map(({ from, to }) => ({ from: Date.parse(from) / 1000, to: to ? Date.parse(to) / 1000 : now, name: one.name }));
      const open = one.gaps.some((gap) => !gap.to);
      if (one.state === "blind" && !open && one.since) gaps.push({ from: Date.parse(one.since) / 1000, to: now, name: one.name });
      return gaps;
    });
  }
}

function row(one) {
  return el(
    "tr",
    { data: { state: one.state } },
    el("th", { scope: "row" }, bdi(one.name), el("span", { className: "note" }, " ", line(one.kind, 24))),
    el("td", {}, el("span", { className: `state ${one.state}` }, SOURCE[one.state] ?? line(one.state)), one.reason ? el("span", { className: "note" }, " ", line(one.reason, 160)) : null, gaps(one.gaps)),
    el("td", {}, time(one.since)),
    el("td", {}, time(one.last_at)),
    el("td", { className: "figure" }, number(one.stored)),
  );
}

function gaps(found) {
  if (!found.length) return null;
  const rows = found.slice(-MOST_GAPS).reverse().map((gap) =>
    el("li", {}, time(gap.from), " to ", gap.to ? time(gap.to) : "now", el("span", { className: "note" }, ` ${line(gap.reason, 120)}${gap.lost ? "; what was said then will not come any more" : ""}`)),
  );
  return el("details", { className: "gaps" }, el("summary", {}, many(found.length, "gap")), el("ul", {}, rows));
}
