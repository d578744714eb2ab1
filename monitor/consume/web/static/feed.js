// The live feed: filters, pause, and at most 200 entries, painted once a frame.

import { get } from "./api.js";
import { byId, el, fill, setText, soon, swap } from "./dom.js";
import { FeedList } from "./feed-list.js";
import { reactionNode } from "./reaction.js";
import { line } from "./text.js";
import { many } from "./words.js";

const PAGE = 200;
const CLAIM_PAGES = 5;
const MOST_WAITING = 400;
const REST = 120;
const AGAIN = 5_000;

export class Feed {
  constructor(nameOf) {
    this.nameOf = nameOf;
    this.list = new FeedList();
    this.waiting = [];
    this.missed = 0;
    this.pressed = false;
    this.loads = 0;
    this.stale = false;
    this.late = null;
    this.box = byId("feed-list");
    this.paint = soon(() => this.#paint(), REST);
    for (const id of ["feed-person", "feed-label", "feed-source", "feed-claims"]) byId(id).addEventListener("change", () => this.load());
    byId("feed-pause").addEventListener("click", () => this.#press(!this.pressed));
    byId("feed-new").addEventListener("click", () => this.#resume());
    this.box.addEventListener("scroll", this.paint, { passive: true });
    window.addEventListener("scroll", this.paint, { passive: true });
    this.box.addEventListener("focusout", this.paint);
  }

  get filter() {
    const value = (id) => byId(id).value || null;
    return { person: value("feed-person"), label: value("feed-label"), source: value("feed-source"), claims: byId("feed-claims").checked };
  }

  /** Choices of the filter: people as {id, name}, sources as names. */
  choices(people, sources) {
    options(byId("feed-person"), "everybody", [...people.map(({ id, name }) => [id, name]), ["unlisted", "not on the watchlist"]]);
    options(byId("feed-source"), "all sources", sources.map((name) => [name, name]));
  }

  /** Fetch the newest anew, for the filter as it stands. */
  async load() {
    const turn = ++this.loads;
    const late = (this.late = []); // what comes while the answer is under way, and may not be in it
    this.stale = false;
    setText(byId("feed-note"), "Loading …");
    try {
      const items = await this.#fetch();
      if (turn !== this.loads) return;
      this.list.clear();
      this.waiting = [];
      this.missed = 0;
      fill(this.box);
      this.#take(items);
      late.forEach((item) => this.list.take(item));
      this.box.scrollTop = 0;
      setText(byId("feed-note"), "");
      this.#paint(true);
    } catch (error) {
      if (turn === this.loads) setText(byId("feed-note"), `The feed could not be read: ${line(error.message, 200)}`);
      setTimeout(() => turn === this.loads && this.load(), AGAIN);
    } finally {
      if (turn === this.loads) this.late = null;
    }
  }

  /** After a reconnection: what came meanwhile, without doubles. */
  async catchUp() {
    const turn = this.loads;
    const items = await this.#fetch();
    if (turn === this.loads) this.#hold(items.reverse());
  }

  /** What is shown may no longer be what stands: read it anew, for a reader in the middle of it once that is done. */
  anew() {
    if (this.#held) this.stale = true;
    else this.load();
  }

  /** One item of the stream. */
  add(item) {
    if (!this.#passes(item)) return;
    this.late?.push(item);
    this.#hold([item]);
  }

  async #fetch() {
    const { claims, ...query } = this.filter;
    const items = [];
    let cursor = null;
    for (let page = 0; page < (claims ? CLAIM_PAGES : 1); page += 1) {
      const answer = await get("/api/reactions", { ...query, limit: PAGE, cursor });
      items.push(...answer.items.filter((item) => this.#passes(item)));
      cursor = answer.next;
      if (!cursor) break;
    }
    return items;
  }

  #passes(item) {
    const { person, label, source, claims } = this.filter;
    if (item.post.deleted) return true;
    const unlisted = (item.claims ?? []).some((claim) => this.nameOf(claim.person) === null);
    if (person && (person === "unlisted" ? !unlisted : !item.about.includes(person))) return false;
    if (label && item.sentiment?.label !== label) return false;
    if (source && item.post.source !== source && item.via !== source) return false;
    return !claims || item.claims?.length > 0;
  }

  #take(items) {
    for (const item of [...items].reverse()) this.list.take(item);
  }

  #hold(items) {
    this.waiting.push(...items);
    if (this.waiting.length > MOST_WAITING) this.missed += this.waiting.splice(0, this.waiting.length - MOST_WAITING).length;
    this.paint();
  }

  /** The reader reads: pressed pause, scrolled down, or has the keyboard in the list. */
  get #held() {
    const below = this.box.scrollTop > 8 || this.box.getBoundingClientRect().top < -8;
    return this.pressed || below || this.box.matches(":focus-within");
  }

  #press(pressed) {
    this.pressed = pressed;
    byId("feed-pause").setAttribute("aria-pressed", String(pressed));
    setText(byId("feed-pause"), pressed ? "Resume" : "Pause");
    this.paint();
  }

  #resume() {
    this.#press(false);
    if (this.box.contains(document.activeElement)) document.activeElement.blur();
    this.box.scrollTop = 0;
    if (this.box.getBoundingClientRect().top < 0) byId("feed").scrollIntoView();
    if (this.stale) this.load();
    else this.#paint(true);
  }

  #paint(anyway = false) {
    if (this.#held && !anyway) return this.#count();
    for (const item of this.waiting.splice(0)) this.list.take(item);
    this.missed = 0;
    this.#count();
    const old = new Map([...this.box.children].map((node) => [node.group, node]));
    const here = new Set(this.list.groups);
    for (const [group, node] of old) if (!here.has(group)) node.remove();
    let place = this.box.firstElementChild;
    for (const group of this.list.groups) {
      let node = old.get(group);
      if (!node || node.version !== group.version) {
        const fresh = Object.assign(reactionNode(group, this.nameOf), { group, version: group.version });
        if (node) {
          if (place === node) place = fresh;
          swap(node, fresh);
        }
        node = fresh;
      }
      if (node === place) place = place.nextElementSibling;
      else this.box.insertBefore(node, place);
    }
    byId("feed-empty").hidden = this.list.groups.length > 0;
  }

  #count() {
    const fresh = this.waiting.length + this.missed;
    byId("feed-new").hidden = fresh === 0;
    setText(byId("feed-new"), `${many(fresh, "new reaction")}: show`);
  }
}

function options(select, all, rows) {
  const seal = JSON.stringify(rows);
  if (select.seal === seal) return;
  const chosen = select.value;
  fill(select, el("option", { value: "" }, all), rows.map(([value, name]) => el("option", { value }, line(name, 40))));
  select.value = rows.some(([value]) => value === chosen) ? chosen : "";
  select.seal = seal;
}
