// The cases: what is known of each departure, since when, by which rule and on whose words.

import { act } from "./api.js";
import { day, time } from "./clock.js";
import { byId, el, keep, setText } from "./dom.js";
import { snippet } from "./suggested.js";
import { bdi, line, link, marked, who } from "./text.js";
import { STATUS, STRENGTH, caseBadge, many, number, ruleWords, says, sure, why } from "./words.js";

const OPEN = 4;
const MOST_SUGGESTED = 20;
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
    const few = others.slice(0, MOST_SUGGESTED);
    keep(byId("cases-list"), listed, (one) => one.id, make(listed.length <= OPEN), mark);
    keep(byId("suggested-list"), few, (one) => one.id, make(false), mark);
    byId("cases-empty").hidden = listed.length > 0;
    byId("suggested").hidden = others.length === 0;
    byId("suggested-more").hidden = few.length === others.length;
    setText(byId("suggested-more"), `${number(others.length - few.length)} more, of whom something was said earlier`);
  }

  #node(one, open) {
    const title = el("h3", {}, bdi(one.name), caseBadge(one));
    const node = el("article", { className: "case", id: `case-${one.id}`, tabIndex: -1, data: { status: one.status } }, title);
    const rows = [...one.evidence].sort((a, b) => RANK[a.strength] - RANK[b.strength] || Date.parse(a.created_at) - Date.parse(b.created_at));
    const first = leading(one, rows);
    node.append(el("p", { className: "sure" }, line(sure(one), 300)));
    if (first) node.append(el("div", { className: "lead" }, quotation(first)));
    node.append(...known(one), el("ol", { className: "history" }, one.history.map(change)));
    const rest = rows.filter((row) => row !== first);
    if (rest.length) node.append(others(rest, first, open));
    if (one.listed === false) node.append(snippet(one));
    if (one.blind?.length) node.append(el("p", { className: "note" }, "Not readable meanwhile: ", one.blind.map(blind)));
    node.append(about(one));
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

/** The words to show first: the strongest that speak for the status; of a claim that is withdrawn none. */
function leading(one, rows) {
  if (one.status === "retracted" || one.status === "dismissed") return null;
  return rows.find((row) => (row.claim === "denied") === (one.status === "denied")) ?? null;
}

function others(rows, first, open) {
  const count = many(rows.length, `${first ? "more " : ""}piece of evidence`, `${first ? "more " : ""}pieces of evidence`);
  const items = rows.map((row) => el("li", {}, quotation(row)));
  return el("details", { className: "evidence", open: open && Boolean(first) }, el("summary", {}, count), el("ol", {}, items));
}

/** What the texts say of when, whereto and who follows: others' words, so names are quoted. */
function known(one) {
  const facts = [
    ["when", one.occurred_at ? [day(one.occurred_at)] : null],
    ["where to", one.destination ? ["“", bdi(one.destination, "", 120), "”"] : null],
    ["who follows", one.replacement ? ["“", bdi(one.replacement, "", 120), "”"] : null],
  ].filter(([, value]) => value);
  if (!facts.length) return [];
  const rows = facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
  return [el("dl", { className: "known", title: "as the evidence has it" }, rows)];
}

function about(one) {
  const again = one.episode > 1 ? `episode ${number(one.episode)}: an earlier departure ended with a return; ` : null;
  return el("p", { className: "note about-case" }, again, "first seen ", time(one.first_seen), "; case ", el("bdi", { className: "id" }, line(one.id, 120)));
}

function change(one) {
  const { at, from, to, rule, post_id: post, note } = one;
  const by = post ? [" by ", el("bdi", { className: "id", title: line(post, 400) }, line(post, 36))] : null;
  return el(
    "li",
    {},
    time(at),
    el("span", {}, from && from !== to ? `${STATUS[from] ?? line(from)} → ` : "", el("b", {}, STATUS[to] ?? line(to))),
    el("span", { className: "note", title: line(rule, 100) }, line(why(one), 200), by),
    note ? el("span", { className: "operator" }, "operator's note: “", bdi(note, "", 400), "”") : null,
  );
}

function quotation(one) {
  const marks = Number.isInteger(one.start) ? [{ start: one.start, end: one.end, kind: "claim", title: says(one) }] : [];
  const strength = Object.hasOwn(STRENGTH, one.strength) ? one.strength : "none";
  return [
    el("div", { className: "by" }, time(one.created_at), el("span", { className: "platform" }, line(one.source, 24)), who(one.author)),
    marked(one.excerpt ?? "", marks),
    el(
      "div",
      { className: "facts" },
      el("span", { className: `strength ${strength}` }, STRENGTH[strength]),
      el("span", { className: one.claim === "denied" ? "claimed denial" : "claimed" }, line(says(one))),
      el("span", { className: "note" }, ruleWords(line(one.rule, 100))),
      link(one.url),
    ),
  ];
}

function blind({ source, from, to }, index) {
  return [index ? "; " : "", bdi(source), " from ", time(from), to ? [" to ", time(to)] : " on"];
}
