// The one question for the token: several calls may need it at once, the reader is asked once.

import { byId, setText } from "./dom.js";

const WHY = "This service gives its data to who has its token (http.token). It stays in this tab.";
const AGAIN = "That token was not accepted. It must be the one that the service has as http.token.";
let asking = null;

/** The token that the reader gives; `again` when an earlier one was refused. */
export function askToken(again) {
  asking ??= new Promise((resolve) => {
    const [dialog, field] = [byId("token"), byId("token-field")];
    setText(byId("token-why"), again ? AGAIN : WHY);
    announce(true);
    field.value = "";
    if (!dialog.open) dialog.showModal();
    byId("token-form").onsubmit = (event) => {
      event.preventDefault();
      const token = field.value.trim();
      if (!token) return;
      field.value = "";
      asking = null;
      dialog.close();
      announce(false);
      resolve(token);
    };
  });
  return asking;
}

/** Put the question again that was closed with Escape. */
export function reopen() {
  if (asking && !byId("token").open) byId("token").showModal();
}

function announce(needed) {
  document.dispatchEvent(new CustomEvent("token", { detail: needed }));
}
