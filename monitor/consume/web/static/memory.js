// What the browser keeps for this page. Where it keeps nothing for anybody, it is kept until the page is left.

function kept(open) {
  try {
    const storage = open();
    storage.getItem("monitor");
    return storage;
  } catch {
    const values = new Map();
    return { getItem: (name) => values.get(name) ?? null, setItem: (name, value) => values.set(name, value) };
  }
}

export const local = kept(() => localStorage);
export const session = kept(() => sessionStorage);
