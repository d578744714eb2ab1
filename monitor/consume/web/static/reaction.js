// One reaction as a list item: who said what, with the words that matched and the words that claim.

import { time } from "./clock.js";
import { el } from "./dom.js";
import { bdi, line, link, marked, who } from "./text.js";
import { many, ruleWords, says, signed } from "./words.js";

const LABELS = new Set(["positive", "neutral", "negative"]);
const KINDS = new Set(["gratitude", "sadness", "worry", "surprise", "praise", "anger", "mockery", "report"]);
const MOST_COPIES = 30;

/** A node for {item, copies: Map, orphan}; `nameOf(person id)` gives the name of one on the watchlist. */
export function reactionNode({ item, copies, orphan }, nameOf) {
  const { post } = item;
  const node = el("li", { className: item.claims?.length ? "reaction claims" : "reaction" });
  node.append(
    el(
      "div",
      { className: "by" },
      time(post.created_at),
      el("span", { className: "platform", title: `read by the source ${line(item.via)}` }, line(post.source, 24)),
      who(post.author),
      post.revision?.replace(/\+late$/, "") && item.edited ? el("span", { className: "note" }, "edited") : null,
      kindOf(post),
    ),
  );
  if (post.before && post.kind === "profile") node.append(el("div", { className: "before" }, "before: ", bdi(post.before, "", 300)));
  node.append(marked(post.text ?? "", marksOf(item, nameOf)));
  node.append(el("div", { className: "facts" }, sentiment(item, nameOf), kinds(item), claims(item, nameOf), about(item, nameOf), link(post.url)));
  if (copies.size || orphan) node.append(folded(copies, orphan));
  return node;
}

function kindOf(post) {
  return post.kind && post.kind !== "post" ? el("span", { className: "note" }, post.kind) : null;
}

function marksOf(item, nameOf) {
  const claimed = (item.claims ?? []).map((one) => {
    const { start, end, person, rule } = one;
    const title = `${says(one)}: ${nameOf(person) ?? person} (${ruleWords(rule)})`;
    return { start, end, kind: "claim", title };
  });
  const named = (item.matches ?? [])
    .filter((match) => match.rule !== "thread")
    .map(({ start, end, person, rule }) => ({ start, end, kind: "alias", title: `${nameOf(person) ?? person} (${ruleWords(rule)})` }));
  return [...claimed, ...named];
}

function sentiment({ sentiment: score = {}, toward = {} }, nameOf) {
  const label = LABELS.has(score.label) ? score.label : "unscored";
  const known = Number.isFinite(score.compound);
  const title = `scored by ${line(score.scorer) || "nothing"}${score.lang ? `, language ${line(score.lang, 12)}` : ""}${score.cut ? `, by its first ${Number(score.cut)} characters` : ""}`;
  const toThem = Object.entries(toward)
    .filter(([, value]) => Number.isFinite(value))
    .slice(0, 4)
    .map(([person, value]) => [" toward ", bdi(nameOf(person) ?? person, "", 40), el("b", {}, ` ${signed(value)}`)]);
  return el("span", { className: `mood ${label}`, title }, label, known ? el("b", {}, ` ${signed(score.compound)}`) : null, toThem);
}

function kinds({ kinds: found = [] }) {
  return found.filter((kind) => KINDS.has(kind)).map((kind) => el("span", { className: `kind ${kind}` }, kind));
}

function claims({ claims: found = [] }, nameOf) {
  return found
    .slice(0, 8)
    .map((one) => el("span", { className: `claimed ${one.claim === "denied" ? "denial" : ""}` }, line(says(one)), ": ", bdi(nameOf(one.person) ?? one.person, "", 60)));
}

function about({ about: people = [], claims: found = [], matches = [] }, nameOf) {
  const rest = people.filter((id) => !found.some((claim) => claim.person === id)).slice(0, 12);
  if (!rest.length) return null;
  const byThread = new Set(matches.filter((match) => match.rule === "thread").map((match) => match.person));
  const names = rest.map((id, index) => [index ? ", " : "", bdi(nameOf(id) ?? id, "", 40), byThread.has(id) ? " (by its thread)" : ""]);
  return el("span", { className: "about" }, "about ", names);
}

function folded(copies, orphan) {
  const note = orphan ? "a copy of an earlier post" : "";
  if (!copies.size) return el("div", { className: "note" }, note);
  const rows = [...copies.values()].slice(-MOST_COPIES).map(({ post }) =>
    el("li", {}, time(post.created_at), " ", el("span", { className: "platform" }, line(post.source, 24)), " ", who(post.author), " ", link(post.url)),
  );
  const count = many(copies.size, "copy", "copies") + (note ? `; itself ${note}` : "");
  return el("details", { className: "copies" }, el("summary", {}, count), el("ol", {}, rows));
}
