// A person who is not on the watchlist, as lines of YAML to copy into it: a suggestion, never done by itself.

import { el, setText } from "./dom.js";
import { line } from "./text.js";

/** An id as a watchlist takes it; a name that is not in Latin letters gets one from the case. */
function slug(one) {
  const plain = String(one.name).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 60).replace(/^-+|-+$/g, "");
  const latin = words.length > 1 && words !== "unlisted" && !/[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u.test(plain);
  return latin ? words : `person-${/([0-9a-f]{12})-\d+$/.exec(one.id)?.[1] ?? "new"}`;
}

const same = (a, b) => plainName(a) === plainName(b);
const plainName = (name) => String(name ?? "").normalize("NFKC").trim().toLowerCase();

/** The handle by which somebody of this name spoke of themself: anybody can take a name, so it is only a hint. */
function handleOf(one) {
  const own = one.evidence.find(({ author, claim }) => author?.handle && ["self_announced", "profile_changed"].includes(claim) && same(author.name, one.name));
  return own ? { source: line(own.source, 64), handle: line(String(own.author.handle).replace(/^@/, ""), 200) } : null;
}

/** The lines for `people:` of a watchlist; every word of others is a quoted string. */
export function yaml(one) {
  const handle = handleOf(one);
  const lines = [`- id: ${slug(one)}`, `  name: ${JSON.stringify(line(one.name, 200))}`];
  if (handle) lines.push("  # Only if it is surely theirs:", `  # handles: {${JSON.stringify(handle.source)}: ${JSON.stringify(handle.handle)}}`);
  return lines.join("\n") + "\n";
}

export function snippet(one) {
  const text = el("pre", { tabIndex: 0 }, yaml(one));
  const copy = el("button", { type: "button", className: "quiet" }, "Copy");
  copy.addEventListener("click", async () => {
    getSelection().selectAllChildren(text);
    try {
      await navigator.clipboard.writeText(text.textContent);
      setText(copy, "Copied");
    } catch {
      setText(copy, "Selected: copy it"); // Without https a page may not write to the clipboard.
    }
  });
  return el("details", { className: "snippet" }, el("summary", {}, "Lines for the watchlist"), text, copy);
}
