// Asking the service: the token where one is needed, and errors that say what happened.

import { session } from "./memory.js";
import { askToken } from "./token.js";

const KEY = "monitor.token";
const PATIENCE = 20_000;

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function authorization() {
  const token = session.getItem(KEY);
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** A response that is no 401: the reader is asked for the token until it is taken. `init` as for fetch, `patience` in ms. */
export async function ask(path, { patience, ...init } = {}) {
  for (;;) {
    const sent = session.getItem(KEY);
    const response = await fetch(path, {
      ...init,
      ...(patience && { signal: AbortSignal.timeout(patience) }),
      headers: { ...init.headers, ...authorization() },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
    if (response.status !== 401) return response;
    const why = await reason(response);
    if (/not set/.test(why)) throw new ApiError(401, why);
    // Another call may have been given a new one meanwhile: then it is tried before anybody is asked.
    if (session.getItem(KEY) === sent) session.setItem(KEY, await askToken(Boolean(sent)));
  }
}

/** GET as JSON. Raises ApiError with the service's own words. */
export async function get(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== ""));
  const address = query.size ? `${path}?${query}` : path;
  return read(await ask(address, { patience: PATIENCE }));
}

/** POST {"note"} to an act on a case; the case as it is then. */
export async function act(id, kind, note) {
  const headers = { "Content-Type": "application/json" };
  if (!authorization().Authorization) session.setItem(KEY, await askToken(false));
  const body = JSON.stringify({ note });
  return read(await ask(`/api/cases/${encodeURIComponent(id)}/${kind}`, { method: "POST", headers, body, patience: PATIENCE }));
}

async function read(response) {
  if (!response.ok) throw new ApiError(response.status, await reason(response));
  return response.json();
}

/** The service's own words for what went wrong. */
export async function reason(response) {
  const text = await response.text().catch(() => "");
  try {
    return String(JSON.parse(text).error);
  } catch {
    return `the service answered ${response.status}`;
  }
}
