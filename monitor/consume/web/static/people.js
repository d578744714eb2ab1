// The people: a card with a chart each; many of them become a list with the card of the chosen one.

import { time } from "./clock.js";
import { Chart } from "./chart.js";
import { byId, el, fill, keep, setText, swap } from "./dom.js";
import { bdi, line } from "./text.js";
import { BACK, STATUS, WEIGHT, badge, many, number, signed, statusOf, times } from "./words.js";

const MOST_CARDS = 6;

export class People {
  /** span() gives the chosen span, "1h"; onchosen(person id or null) when the list's choice changes. */
  constructor(span, chosen) {
    this.span = span;
    this.chosen = chosen;
    this.people = [];
    this.cards = new Map();
    this.pick = null;
    byId("people-filter").addEventListener("input", () => this.#list());
  }

  nameOf = (id) => this.people.find((person) => person.id === id)?.name ?? null;

  get asList() {
    return this.people.length > MOST_CARDS;
  }

  /** The ids whose charts are on the page. */
  get charted() {
    return [...this.cards.keys()];
  }

  show(people) {
    this.people = people;
    byId("people-list").hidden = !this.asList;
    byId("people").classList.toggle("listed", this.asList);
    if (this.asList) {
      this.pick = people.some((person) => person.id === this.pick) ? this.pick : byNotice(people)[0].id;
      this.#list();
    }
    const carded = this.asList ? people.filter((person) => person.id === this.pick) : people;
    for (const [id, card] of this.cards) {
      if (carded.some((person) => person.id === id)) continue;
      card.chart.close();
      card.node.remove();
      this.cards.delete(id);
    }
    for (const person of carded) this.#card(person);
    byId("people-empty").hidden = people.length > 0;
  }

  /** series: items of /api/series; cases: all of them; blind: as Chart wants it. */
  draw(series, cases, blind) {
    for (const one of series) {
      const changes = cases
        .filter((found) => found.person === one.person)
        .flatMap((found) => found.history.map(({ at, to }) => ({ at: Date.parse(at) / 1000, to })))
        .sort((a, b) => a.at - b.at);
      this.cards.get(one.person)?.chart.show(one, changes, blind);
    }
  }

  redraw() {
    for (const card of this.cards.values()) card.chart.redraw();
  }

  #card(person) {
    let card = this.cards.get(person.id);
    if (!card) {
      const chart = new Chart();
      const facts = el("div", { className: "card-facts" });
      card = { chart, facts, node: el("article", { className: "card", data: { person: person.id } }, facts, chart.node) };
      this.cards.set(person.id, card);
      byId("people-cards").append(card.node);
    }
    card.node.dataset.status = statusOf(person);
    const parts = facts(person, this.span());
    const old = [...card.facts.children];
    // Part by part, so that a link that has the keyboard stays when only a number has changed.
    if (old.length !== parts.length) fill(card.facts, parts);
    else old.forEach((part, index) => part.isEqualNode(parts[index]) || swap(part, parts[index]));
  }

  #list() {
    const wanted = byId("people-filter").value.trim().toLowerCase();
    const window = windowOf(this.people[0] ?? { windows: [] }, this.span());
    setText(byId("people-window"), `reactions, ${window?.window ?? this.span()}`);
    const shown = byNotice(this.people).filter((person) => !wanted || searchable(person).includes(wanted));
    const mark = (person) => {
      const { count, voices, mean } = windowOf(person, this.span()) ?? {};
      return [person.name, statusOf(person), count, voices, mean, person.id === this.pick];
    };
    keep(byId("people-rows"), shown, (person) => person.id, (person) => this.#row(person), mark);
    setText(byId("people-count"), `${number(shown.length)} of ${many(this.people.length, "person", "people")}`);
  }

  #row(person) {
    const now = windowOf(person, this.span());
    const choose = () => {
      this.pick = person.id;
      this.show(this.people);
      this.chosen();
    };
    const name = el("button", { type: "button", onclick: choose, "aria-pressed": String(person.id === this.pick) }, bdi(person.name));
    return el(
      "tr",
      { className: person.id === this.pick ? "picked" : "" },
      el("th", { scope: "row" }, name),
      el("td", {}, badge(statusOf(person), 14, wordsOf(person))),
      el("td", { className: "figure" }, number(now?.count)),
      el("td", { className: "figure" }, number(now?.voices)),
      el("td", { className: "figure" }, signed(now?.mean)),
    );
  }
}

const wordsOf = (person) => (person.status === "denied" && person.back ? BACK : null);
const searchable = (person) => `${person.name} ${person.role ?? ""} ${STATUS[statusOf(person)]}`.toLowerCase();

/** The most noticeable first: the graver status, then the more reactions in the shortest window. */
function byNotice(people) {
  const weigh = (person) => WEIGHT[statusOf(person)] * 1e9 + (person.windows[0]?.count ?? 0);
  return [...people].sort((a, b) => weigh(b) - weigh(a) || a.name.localeCompare(b.name));
}

/** The window that a span names; for a longer span the longest one. */
export function windowOf(person, span) {
  return person.windows.find((one) => one.window === span) ?? person.windows.at(-1) ?? null;
}

function facts(person, span) {
  const now = windowOf(person, span);
  const role = line(person.role, 120);
  return [
    el("header", {}, el("h3", {}, bdi(person.name)), role ? el("p", { className: "role" }, role) : null),
    el("p", { className: "standing" }, badge(statusOf(person), 18, wordsOf(person))),
    el("p", { className: "since note" }, standing(person)),
    ...(now ? [mood(now), windowTable(person.windows, now)] : []),
  ];
}

function standing(person) {
  if (!person.status) return person.departed?.at ? ["since ", time(person.departed.at)] : "no claim of a departure has been seen";
  const voices = Number.isFinite(person.voices) ? many(person.voices, "voice") : null;
  const evidence = person.case ? el("a", { href: `#case-${encodeURIComponent(person.case)}` }, "evidence") : null;
  return [el("span", {}, "since ", time(person.changed_at)), el("span", {}, voices), evidence];
}

function mood(now) {
  const known = Number.isFinite(now.mean);
  const label = el("span", { className: "mood-label" }, `mean sentiment, ${now.window}`);
  const value = el("b", { className: known ? "" : "note" }, known ? signed(now.mean) : "no scored reactions");
  const bar = el("span", { className: "meanbar", "aria-hidden": "true" }, el("i"));
  if (known) {
    const part = Math.min(1, Math.abs(now.mean)) * 50;
    bar.firstChild.className = now.mean < 0 ? "below" : "above";
    bar.firstChild.style.width = `${part}%`;
    bar.firstChild.style.left = now.mean < 0 ? `${50 - part}%` : "50%";
  }
  return el("p", { className: "meanline" }, label, bar, value);
}

function windowTable(windows, now) {
  const row = (name, title, cell) =>
    el("tr", {}, el("th", { scope: "row", title }, name), windows.map((one) => el("td", { className: one === now ? "now figure" : "figure" }, cell(one))));
  return el(
    "table",
    { className: "windows" },
    el("thead", {}, el("tr", {}, el("td"), windows.map((one) => el("th", { scope: "col", className: one === now ? "now" : "" }, one.window)))),
    el(
      "tbody",
      {},
      row("reactions", "all live reactions, copies too, the person's own left out", (one) => number(one.count)),
      row("voices", "distinct authors; copies of one text are one voice", (one) => number(one.voices)),
      row("mean", "mean sentiment of the scored ones, −1 to +1", (one) => signed(one.mean)),
      row("pos / neg", "share of positive and of negative ones, of all reactions", shares),
      row("surge", "count over what is usual for this person", (one) => times(one.surge)),
    ),
  );
}

function shares({ ratios = {} }) {
  const part = (value) => (Number.isFinite(value) ? Math.round(value * 100) : "–");
  return Number.isFinite(ratios.positive) ? `${part(ratios.positive)} / ${part(ratios.negative)} %` : "–";
}
