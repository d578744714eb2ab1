// Server-Sent Events over fetch, since EventSource cannot send a token.

import { ApiError, ask, reason } from "./api.js";

const SILENCE = 40_000; // The service sends a comment every 15 s.
const LONGEST = 30_000;
const STEADY = 3_000;
const MAX_BUFFER = 64 * 1024 * 1024;

/** Feed it text in any pieces; it calls `emit({event, id, data})` for each whole event; data is null in one that only moves the id. */
export function parser(emit) {
  let buffer = "";
  let event = { event: "message", id: undefined, data: [] };
  const field = (row) => {
    if (row === "") {
      if (event.data.length || event.id) emit({ ...event, data: event.data.length ? event.data.join("\n") : null });
      event = { event: "message", id: undefined, data: [] };
      return;
    }
    const colon = row.indexOf(":");
    const name = colon < 0 ? row : row.slice(0, colon);
    const value = colon < 0 ? "" : row.slice(colon + 1).replace(/^ /, "");
    if (name === "data") event.data.push(value);
    else if (name === "event" || name === "id") event[name] = value;
  };
  return (piece) => {
    buffer += piece;
    if (buffer.length > MAX_BUFFER) throw new Error("an event is too large");
    const rows = buffer.split(/\r\n|\n|\r(?!$)/);
    buffer = rows.pop();
    rows.forEach(field);
  };
}

/**
 * Stay connected for ever. on: {event({event, id, data}), live(again), down(error)}.
 * Every reconnection sends the last id; waits grow to 30 s, with jitter, and end when the network comes back.
 */
export async function stream(path, on) {
  let last = null;
  let failures = 0;
  let again = false;
  for (;;) {
    let opened = Infinity;
    let problem = null;
    const live = () => {
      opened = Date.now();
      on.live(again);
    };
    try {
      await connection(path, last, live, (message) => {
        if (message.id) last = message.id;
        if (message.data !== null) on.event(message);
      });
    } catch (error) {
      problem = error;
    }
    again = true;
    // One that opens and ends at once is a failure too, so that it is not asked twice a second.
    failures = Date.now() - opened > STEADY ? 1 : failures + 1;
    on.down(problem);
    await pause(Math.min(LONGEST, 500 * 1.7 ** (failures - 1)) * (0.5 + Math.random()));
  }
}

async function connection(path, last, opened, received) {
  const abort = new AbortController();
  const quiet = { timer: 0 };
  const heard = () => {
    clearTimeout(quiet.timer);
    quiet.timer = setTimeout(() => abort.abort(new Error("nothing was heard for 40 s")), SILENCE);
  };
  try {
    heard();
    const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
    const response = await ask(path, { headers, signal: abort.signal });
    if (!response.ok) throw new ApiError(response.status, await reason(response));
    opened();
    const feed = parser(received);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      heard();
      feed(value);
    }
  } finally {
    clearTimeout(quiet.timer);
    abort.abort();
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    window.addEventListener("online", end);
  });
}
