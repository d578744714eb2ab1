// The page: what is read at the start and after each reconnection, and where each event of the stream goes.

import { get } from "./api.js";
import { Alerts, headline } from "./alerts.js";
import { Cases } from "./cases.js";
import { startClock } from "./clock.js";
import { byId, el, fill, setText, soon } from "./dom.js";
import { Feed } from "./feed.js";
import { local } from "./memory.js";
import { People } from "./people.js";
import { Sources } from "./sources.js";
import { connection } from "./connection.js";
import { stream } from "./sse.js";
import { line } from "./text.js";
import { isReturn, many } from "./words.js";

const REFRESH = { "5m": 5_000, "1h": 10_000 };
const SLOW_REFRESH = 30_000;
const SOURCES_REFRESH = 10_000; // The stream tells of their states, not of each step that they read.
const RETRY = 5_000;
const MOST_PLATFORMS = 40;

const state = { span: local.getItem("monitor.span") ?? "1h", service: null, opened: null, people: [], drawn: 0, loaded: false };
const problems = new Map();
const retries = new Map(); // part -> the timer of its next try
const platforms = new Set();
const known = new Set();
const people = new People(() => state.span, () => drawSoon());
const cases = new Cases(putCase);
const alerts = new Alerts();
const sources = new Sources();
const feed = new Feed(people.nameOf);

const PARTS = {
  service: async () => service(await get("/api/service")),
  people: async () => showPeople((await get("/api/people")).items),
  cases: async () => {
    cases.set((await get("/api/cases")).items);
    showCases();
  },
  alerts: async () => showAlerts((await get("/api/alerts", { limit: 50 })).items),
  endpoints: async () => alerts.endpoints((await get("/api/endpoints")).items),
  sources: async () => showSources((await get("/api/sources")).items),
  charts: async () => charts(),
  "what the receiver got": async () => state.service?.demo && alerts.got((await get("/api/received")).items),
};

/** Read one part; what goes wrong is shown, and tried again: once, however many readings went wrong. */
async function read(name) {
  try {
    await PARTS[name]();
    problems.delete(name);
  } catch (error) {
    problems.set(name, error.message);
    clearTimeout(retries.get(name));
    retries.set(name, setTimeout(() => problems.has(name) && read(name), RETRY * (0.8 + Math.random() / 2)));
  }
  say();
}

function say() {
  const note = byId("problem");
  note.hidden = problems.size === 0;
  setText(note, [...problems].map(([part, why]) => `Could not read ${part}: ${line(why, 200)}.`).join(" "));
}

async function readAll() {
  await read("service");
  await read("people");
  await Promise.all(["cases", "alerts", "endpoints", "sources"].map(read));
  const first = !state.loaded;
  state.loaded = true;
  await Promise.all([read("charts"), read("what the receiver got"), first ? feed.load() : feed.catchUp().catch(() => feed.load())]);
}

function service(found) {
  state.service = found;
  state.opened ??= Date.parse(found.now);
  setText(byId("organisation"), line(found.organisation.name));
  setText(byId("version"), `monitor ${line(found.version, 30)}`);
  byId("demo").hidden = !found.demo;
  cases.operate = Boolean(found.operate);
  // The demo's story is a few minutes long.
  if (found.demo && !local.getItem("monitor.span")) state.span = "5m";
  if (!found.spans.includes(state.span)) state.span = found.spans[0];
  const choices = found.spans.map((span) => {
    const input = el("input", { type: "radio", name: "span", value: span, checked: span === state.span, onchange: () => chooseSpan(span) });
    return el("label", {}, input, el("span", {}, span));
  });
  fill(byId("spans"), el("legend", {}, "Time shown"), choices);
  title();
}

function chooseSpan(span) {
  state.span = span;
  local.setItem("monitor.span", span);
  people.show(people.people);
  read("charts");
}

function showPeople(items) {
  state.people = items;
  people.show(items.map(withCase));
  setText(byId("watched"), `${many(items.length, "person", "people")} watched for signs of departure`);
  choices();
}

/** A person with what the case says, which may be newer than what the list of people said. */
function withCase(person) {
  const found = cases.of(person.id);
  if (!found) return person;
  return { ...person, case: found.id, status: found.status, changed_at: found.changed_at, voices: found.voices, back: isReturn(found) };
}

function putCase(one) {
  cases.put(one);
  showCases();
}

function showCases() {
  people.show(state.people.map(withCase));
  drawSoon();
}

function showSources(items) {
  sources.set(items);
  choices();
  drawSoon();
}

function choices() {
  feed.choices(people.people, [...new Set([...sources.items.map((one) => one.name), ...platforms])].sort());
}

/** The series of the charts that are on the page, drawn with cases and blind times. */
async function charts() {
  const ids = people.charted;
  if (!ids.length) return;
  const { span } = state;
  const person = people.asList ? ids[0] : null;
  const { items } = await get("/api/series", { span, person });
  if (span !== state.span) return;
  state.drawn = performance.now();
  people.draw(items, cases.all, sources.blind(Date.now() / 1000));
}

const drawSoon = soon(() => read("charts"), 1_000);

const refreshing = (part) => !document.hidden && state.loaded && link.live && !problems.has(part);

setInterval(() => {
  const due = REFRESH[state.span] ?? SLOW_REFRESH;
  if (refreshing("charts") && performance.now() - state.drawn >= due) read("charts");
}, 1_000);

setInterval(() => refreshing("sources") && read("sources"), SOURCES_REFRESH);
setInterval(() => refreshing("endpoints") && read("endpoints"), SLOW_REFRESH);

function showAlerts(items) {
  const fresh = items.filter((item) => !known.has(item.stream_id));
  items.forEach((item) => known.add(item.stream_id));
  alerts.set(items);
  fresh.reverse().forEach(({ alert }) => announce(alert));
}

/** A departure that is newer than this page: in the page's title, in a line above all, and said by a screen reader. */
function announce(alert) {
  // The stream tells of earlier ones too, and the clock that counts is the service's.
  if (!alert.type.startsWith("departure.") || state.opened === null || Date.parse(alert.timestamp) < state.opened) return;
  const words = headline(alert);
  const id = alert.data.case?.id;
  const close = el("button", { type: "button", className: "quiet", "aria-label": "Put away" }, "×");
  const row = el("p", { data: { type: alert.type, case: id ?? "" } }, el("b", {}, words), " ", id ? el("a", { href: `#case-${encodeURIComponent(id)}` }, "see the evidence") : null, close);
  close.addEventListener("click", () => {
    row.remove();
    title();
  });
  const news = byId("news");
  news.prepend(row);
  while (news.children.length > 3) news.lastElementChild.remove();
  title();
}

function title() {
  const name = line(state.service?.organisation.name ?? "");
  const news = byId("news").querySelector("b")?.textContent;
  document.title = [news && `● ${news}`, name, "monitor"].filter(Boolean).join(" – ");
}

/** More was missed than the service sends again, or something was forgotten: nothing that the page holds may stay. */
async function anew() {
  feed.anew();
  await Promise.all(["people", "cases", "alerts"].map(read));
  for (const row of [...byId("news").children]) if (row.dataset.case && !cases.cases.has(row.dataset.case)) row.remove();
  title();
}

const EVENTS = {
  reaction: (item) => {
    feed.add(item);
    const platform = item.post.source;
    if (!platforms.has(platform) && platforms.size < MOST_PLATFORMS) {
      platforms.add(platform);
      choices();
    }
  },
  people: ({ items }) => showPeople(items),
  case: putCase,
  alert: (item) => {
    alerts.put(item);
    if (!known.has(item.stream_id)) announce(item.alert);
    known.add(item.stream_id);
    if (state.service?.demo) setTimeout(() => read("what the receiver got"), 300);
  },
  sources: ({ items }) => showSources(items),
  reset: anew,
};

const link = connection(readAll);
startClock(() => people.redraw());
stream("/api/stream", {
  live: () => {
    link.up();
    readAll();
  },
  down: (error) => link.down(error),
  event: ({ event, data }) => {
    const part = `an event "${event}" of the stream`;
    try {
      EVENTS[event]?.(JSON.parse(data));
      if (problems.delete(part)) say();
    } catch (error) {
      problems.set(part, error.message);
      say();
    }
  },
});
