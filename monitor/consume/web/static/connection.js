// The state of the connection in the header: live, reconnecting since when, or token needed.

import { ApiError } from "./api.js";
import { time } from "./clock.js";
import { byId, fill } from "./dom.js";
import { line } from "./text.js";
import { reopen } from "./token.js";

const EARLY = 1_500;

/** {live, up(), down(error)}; `early` is called once if the stream is not there soon, so that the page is not empty. */
export function connection(early) {
  let since = null;
  let token = false;
  const state = { live: false, up, down };
  const timer = setTimeout(early, EARLY);

  function up() {
    clearTimeout(timer);
    since = null;
    state.live = true;
    show();
  }

  function down(error) {
    since ??= new Date();
    state.live = false;
    show(error);
  }

  function show(error) {
    const box = byId("connection");
    const words = byId("connection-words");
    box.dataset.state = token ? "token" : state.live ? "live" : since ? "down" : "opening";
    byId("token-again").hidden = !token;
    const why = error instanceof ApiError ? `: ${line(error.message, 100)}` : "";
    if (token) fill(words, "token needed");
    else if (state.live) fill(words, "live");
    else if (since) fill(words, "reconnecting since ", time(since.toISOString()), why);
    else fill(words, "connecting");
  }

  byId("token-again").addEventListener("click", reopen);
  document.addEventListener("token", (event) => {
    token = event.detail;
    show();
  });
  return state;
}
