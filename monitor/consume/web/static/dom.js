// Elements made by hand: every string becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element; props are properties, or attributes where the name holds a "-", "role" or "for". Children: nodes, strings, null. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "data") Object.assign(node.dataset, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (/-|^(role|for|scope|lang)$/.test(name)) node.setAttribute(name, value === true ? "" : String(value));
    else node[name] = value;
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** An SVG element with attributes. */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  append(node, children);
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Replace what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  append(node, children);
}

/** Set a text only when it differs, so that nothing is painted or announced again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Make `parent` hold one child an item, in order, keeping those whose key and content stay the same.
 * `make(item)` gives a new node; it is called again only when `JSON.stringify(mark(item))` has changed.
 */
export function keep(parent, items, keyOf, make, mark = (item) => item) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const here = new Set(items.map((item) => String(keyOf(item))));
  for (const [key, node] of old) if (!here.has(key)) node.remove();
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    const seal = JSON.stringify(mark(item));
    let node = old.get(key);
    if (!node || node.seal !== seal) {
      const fresh = make(item);
      fresh.dataset.key = key;
      fresh.seal = seal;
      if (node) {
        if (place === node) place = fresh;
        swap(node, fresh);
      }
      node = fresh;
    }
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
  }
}

const REACHED = "a, button, summary, input, select";

/** Put `fresh` where `old` stands: what the reader had opened or closed stays so, and the keyboard stays where it is. */
export function swap(old, fresh) {
  const was = new Map([...old.querySelectorAll("details")].map((node) => [node.className, node.open]));
  for (const node of fresh.querySelectorAll("details")) if (was.has(node.className)) node.open = was.get(node.className);
  const focused = [...old.querySelectorAll(REACHED)].indexOf(document.activeElement);
  old.replaceWith(fresh);
  if (focused >= 0) fresh.querySelectorAll(REACHED)[focused]?.focus({ preventScroll: true });
}

/** Run `work` once before the next painting, however often it is asked, and not again for `rest` ms. */
export function soon(work, rest = 0) {
  let waiting = false;
  let last = -Infinity;
  const run = () => {
    if (!waiting) return;
    waiting = false;
    last = performance.now();
    work();
  };
  return () => {
    if (waiting) return;
    waiting = true;
    const wait = last + rest - performance.now();
    if (wait > 0) setTimeout(run, wait);
    else {
      requestAnimationFrame(run);
      setTimeout(run, 500); // A hidden tab paints no frame.
    }
  };
}
