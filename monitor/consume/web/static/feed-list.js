// What the feed knows: posts newest first, copies under the first one, edits in place, deleted ones gone.

const MOST = 200;
const MOST_COPIES = 500;
const LONGEST = 60_000;

const keyOf = (source, id) => `${source}\u001f${id}`;

/** Stream ids "ms-seq" by age: below zero when `a` is older. */
export function compare(a, b) {
  const [am, as] = String(a).split("-").map(Number);
  const [bm, bs] = String(b).split("-").map(Number);
  return am - bm || (as || 0) - (bs || 0);
}

export class FeedList {
  constructor() {
    this.clear();
  }

  clear() {
    this.groups = []; // newest first: {key, id, item, orphan, copies: Map(post key -> item), version}
    this.byKey = new Map();
    this.where = new Map(); // post key -> group
  }

  /** Take in one item of /api/reactions or of the stream; one that is known already changes nothing. */
  take(item) {
    const key = keyOf(item.post.source, item.post.id);
    const group = this.where.get(key);
    if (item.post.deleted) return group && this.#drop(group, key, item);
    if (group) return this.#replace(group, key, item);
    if (item.post.text?.length > LONGEST) item = { ...item, post: { ...item.post, text: item.post.text.slice(0, LONGEST) + "…" } };
    const first = item.duplicate_of ? keyOf(item.duplicate_source ?? item.post.source, item.duplicate_of) : key;
    const known = this.byKey.get(first);
    if (!known) return this.#open(first, key, item);
    if (first === key) {
      known.copies.set(keyOf(known.item.post.source, known.item.post.id), known.item);
      Object.assign(known, { item, orphan: false });
    } else if (known.copies.size < MOST_COPIES) {
      known.copies.set(key, item);
    }
    this.where.set(key, known);
    known.version += 1;
  }

  #open(first, key, item) {
    const group = { key: first, id: item.id, item, orphan: first !== key, copies: new Map(), version: 0 };
    let place = 0;
    while (place < this.groups.length && compare(this.groups[place].id, item.id) > 0) place += 1;
    if (place >= MOST) return;
    this.groups.splice(place, 0, group);
    this.byKey.set(first, group);
    this.where.set(key, group);
    while (this.groups.length > MOST) this.#forget(this.groups.at(-1));
  }

  #replace(group, key, item) {
    const head = !group.copies.has(key);
    const before = head ? group.item : group.copies.get(key);
    if (compare(item.id, before.id) <= 0) return;
    const edited = { ...item, edited: true };
    if (head) group.item = edited;
    else group.copies.set(key, edited);
    group.version += 1;
  }

  #drop(group, key, item) {
    const head = !group.copies.has(key);
    if (compare(item.id, (head ? group.item : group.copies.get(key)).id) <= 0) return;
    this.where.delete(key);
    group.version += 1;
    if (!head) return group.copies.delete(key);
    const next = group.copies.entries().next();
    if (next.done) return this.#forget(group);
    group.copies.delete(next.value[0]);
    Object.assign(group, { item: next.value[1], orphan: true });
  }

  #forget(group) {
    this.groups.splice(this.groups.indexOf(group), 1);
    this.byKey.delete(group.key);
    for (const [key, owner] of this.where) if (owner === group) this.where.delete(key);
  }
}
