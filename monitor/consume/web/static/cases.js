// The cases: what is known of each departure, since when, by which rule and on whose words.

import { act } from "./api.js";
import { time } from "./clock.js";
import { byId, el, keep, setText } from "./dom.js";
import { bdi, line, link, marked, who } from "./text.js";
import { CLAIM, STATUS, STRENGTH, badge, many, ruleWords } from "./words.js";

const OPEN = 4;
const RANK = { strong: 0, medium: 1, weak: 2, none: 3 };
const ACTS = { confirm: "Confirm", dismiss: "Dismiss", reopen: "Reopen" };

export class Cases {
  /** `operate`: whether the service takes acts on cases; `changed(case)` after one. */
  constructor(changed) {
    this.cases = new Map();
    this.operate = false;
    this.changed = changed;
  }

  get all() {
    return [...this.cases.values()];
  }

  /** The latest case of somebody on the watchlist. */
  of(person) {
    const found = this.all.filter((one) => one.person === person && one.listed !== false);
    return found.sort((a, b) => b.episode - a.episode)[0] ?? null;
  }

  set(cases) {
    this.cases = new Map(cases.map((one) => [one.id, one]));
    this.show();
  }

  /** A case that changed; an older version than the known one is nothing new. */
  put(one) {
    const known = this.cases.get(one.id);
    if (known && known.version > one.version) return;
    this.cases.set(one.id, { ...known, ...one });
    this.show();
  }

  show() {
    const sorted = this.all.sort((a, b) => Date.parse(b.changed_at) - Date.parse(a.changed_at));
    const [listed, others] = [sorted.filter((one) => one.listed !== false), sorted.filter((one) => one.listed === false)];
    const make = (few) => (one) => this.#node(one, few);
    const mark = (one) => [one, this.operate];
    keep(byId("cases-list"), listed, (one) => one.id, make(listed.length <= OPEN), mark);
    keep(byId("suggested-list"), others, (one) => one.id, make(false), mark);
    byId("cases-empty").hidden = listed.length > 0;
    byId("suggested").hidden = others.length === 0;
  }

  #node(one, open) {
    const title = el("h3", {}, bdi(one.name), badge(one.status));
    const node = el("article", { className: "case", id: `case-${one.id}`, tabIndex: -1, data: { status: one.status } }, title, summary(one));
    node.append(el("ol", { className: "history" }, one.history.map(change)));
    const rows = [...one.evidence].sort((a, b) => RANK[a.strength] - RANK[b.strength] || Date.parse(a.created_at) - Date.parse(b.created_at));
    if (rows.length) {
      const count = many(one.evidence.length, "piece of evidence", "pieces of evidence");
      node.append(el("details", { className: "evidence", open }, el("summary", {}, count), el("ol", {}, rows.map(evidence))));
    }
    if (one.blind?.length) node.append(el("p", { className: "note" }, "Not readable meanwhile: ", one.blind.map(blind)));
    if (this.operate) node.append(this.#acts(one));
    return node;
  }

  #acts(one) {
    const kinds = one.status === "dismissed" ? ["confirm", "reopen"] : ["confirm", "dismiss", "reopen"];
    const button = (kind) => el("button", { type: "button", className: "quiet", onclick: () => this.#ask(one, kind) }, `${ACTS[kind]} …`);
    return el("p", { className: "acts" }, kinds.map(button));
  }

  #ask(one, kind) {
    const dialog = byId("act");
    setText(byId("act-title"), `${ACTS[kind]}: ${line(one.name)}`);
    setText(byId("act-error"), "");
    setText(byId("act-do"), ACTS[kind]);
    byId("act-note").value = "";
    byId("act-cancel").onclick = () => dialog.close();
    byId("act-form").onsubmit = async (event) => {
      event.preventDefault();
      try {
        this.changed(await act(one.id, kind, byId("act-note").value));
        dialog.close();
      } catch (error) {
        setText(byId("act-error"), error.message);
      }
    };
    dialog.showModal();
  }
}

function summary(one) {
  const later = Math.abs(Date.parse(one.occurred_at) - Date.parse(one.first_seen)) > 60_000;
  const told = one.occurred_at && later ? ["; it is said of ", time(one.occurred_at)] : null;
  return el("p", { className: "note" }, many(one.voices, "independent voice"), ", first seen ", time(one.first_seen), told, "; case ", el("bdi", { className: "id" }, line(one.id, 120)));
}

function change({ at, from, to, rule, post_id: post, note }) {
  const by = post ? [" by ", el("bdi", { className: "id", title: line(post, 400) }, line(post, 36))] : null;
  return el(
    "li",
    {},
    time(at),
    el("span", {}, from ? `${STATUS[from] ?? from} → ` : "", el("b", {}, STATUS[to] ?? line(to))),
    el("span", { className: "note" }, ruleWords(line(rule, 100)), by),
    note ? el("span", {}, "“", bdi(note, "", 400), "”") : null,
  );
}

function evidence(one) {
  const marks = Number.isInteger(one.start) ? [{ start: one.start, end: one.end, kind: "claim", title: CLAIM[one.claim] ?? one.claim }] : [];
  const strength = Object.hasOwn(STRENGTH, one.strength) ? one.strength : "none";
  return el(
    "li",
    {},
    el("div", { className: "by" }, time(one.created_at), el("span", { className: "platform" }, line(one.source, 24)), who(one.author)),
    marked(one.excerpt ?? "", marks),
    el(
      "div",
      { className: "facts" },
      el("span", { className: `strength ${strength}` }, STRENGTH[strength]),
      el("span", { className: one.claim === "denied" ? "claimed denial" : "claimed" }, CLAIM[one.claim] ?? line(one.claim)),
      el("span", { className: "note" }, ruleWords(line(one.rule, 100))),
      link(one.url),
    ),
  );
}

function blind({ source, from, to }, index) {
  return [index ? "; " : "", bdi(source), " from ", time(from), to ? [" to ", time(to)] : " on"];
}
