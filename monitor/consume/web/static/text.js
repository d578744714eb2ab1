// What others wrote, made harmless and readable. Offsets are code points, as the service counts them.

import { el } from "./dom.js";

export const FOLD = 600;
const STEP = 20_000;
const MOST_MARKS = 2_000;
// C0 and C1 controls, soft hyphen, bidi controls, zero-width and other invisible format characters.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

function shown(character) {
  const code = character.charCodeAt(0);
  if (code === 0x2028 || code === 0x2029 || code === 0x85 || code === 0x0d) return "\n";
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0xad || code === 0x200b || code === 0x2060 || code === 0xfeff) return "";
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** A string with control and direction characters made visible. */
export function harmless(text) {
  return String(text ?? "").replace(HIDDEN, shown);
}

/** A name, handle, reason or id on one line, at most `limit` code points. */
export function line(text, limit = 80) {
  const points = Array.from(harmless(String(text ?? "").slice(0, limit * 8)).replace(/\s+/g, " ").trim());
  return points.length > limit ? points.slice(0, limit - 1).join("") + "…" : points.join("");
}

/** A name in its own direction. */
export function bdi(text, className = "", limit = 80) {
  return el("bdi", { className }, line(text, limit));
}

/**
 * A text with its marks, as a node; over 600 code points it is folded round its first mark.
 * marks: [{start, end, kind: "claim" | "name", title}], end exclusive.
 */
export function marked(text, marks, className = "words") {
  const node = el("div", { className, dir: "auto" });
  const good = marks.slice(0, MOST_MARKS).filter((mark) => Number.isInteger(mark.start) && mark.end > mark.start);
  const deepest = Math.max(0, ...good.map((mark) => mark.end));
  const brief = deepest <= FOLD ? Array.from(text.slice(0, 2 * FOLD + 2)) : Array.from(text);
  if (brief.length <= FOLD && text.length <= 2 * FOLD) {
    node.append(...pieces(brief, 0, brief.length, good));
    return node;
  }
  const first = Math.min(...good.filter((mark) => mark.kind === "claim").map((mark) => mark.start), Infinity);
  const from = first < Infinity && first > FOLD - 100 ? first - 200 : 0;
  node.append(from ? "… " : "", ...pieces(brief, from, from + FOLD, good), "… ");
  node.append(more(() => unfold(node, Array.from(text), good, STEP)));
  return node;
}

function unfold(node, points, marks, upto) {
  node.replaceChildren(...pieces(points, 0, upto, marks));
  if (points.length > upto) node.append("… ", more(() => unfold(node, points, marks, upto + STEP)));
}

function more(act) {
  return el("button", { type: "button", className: "more", onclick: act }, "more");
}

/** Nodes for points[from, to): plain text, and a mark where one or more marks cover it. */
function pieces(points, from, to, marks) {
  const end = Math.min(to, points.length);
  const edges = new Set([from, end]);
  for (const mark of marks) {
    if (mark.start > from && mark.start < end) edges.add(mark.start);
    if (mark.end > from && mark.end < end) edges.add(mark.end);
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const words = harmless(points.slice(start, cuts[index + 1]).join(""));
    const over = marks.filter((mark) => mark.start <= start && mark.end >= cuts[index + 1]);
    if (!over.length) return document.createTextNode(words);
    const kinds = new Set(over.map((mark) => mark.kind));
    const title = [...new Set(over.map((mark) => mark.title).filter(Boolean))].map((t) => line(t)).join("; ");
    return el(kinds.has("claim") ? "mark" : "span", { className: [...kinds].join(" "), title }, words);
  });
}

/** A link to where a post stands, with its host; only for http and https. */
export function link(url) {
  let parsed = null;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (!["http:", "https:"].includes(parsed.protocol) || !parsed.host) return null;
  const props = { href: parsed.href, rel: "noopener noreferrer nofollow", target: "_blank", className: "out" };
  return el("a", { ...props, referrerPolicy: "no-referrer" }, line(parsed.host, 60), el("span", { "aria-hidden": "true" }, " ↗"));
}

/** Who wrote it: the handle first, since a display name can be anybody's; else the name, else the id. */
export function who(author = {}) {
  const handle = author.handle ? "@" + String(author.handle).replace(/^@/, "") : null;
  const first = handle ?? author.name ?? author.id ?? "author unknown";
  const name = handle && author.name ? [" ", bdi(author.name, "name", 40)] : null;
  return el("span", { className: "who" }, bdi(first, handle ? "handle" : "name", handle ? 60 : 40), name);
}
