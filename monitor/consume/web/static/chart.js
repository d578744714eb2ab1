// One person's chart: reactions as bars below, mean sentiment as a line above, status changes and blind times through both.

import { axis, say } from "./clock.js";
import { el, setText } from "./dom.js";
import { STATUS, many, seconds, signed } from "./words.js";

const HEIGHT = 188;
const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

export class Chart {
  constructor() {
    this.canvas = el("div", { className: "plot", role: "img" });
    this.readout = el("p", { className: "readout" });
    this.node = el("figure", { className: "chart" }, this.canvas, el("figcaption", {}, this.readout));
    this.changes = [];
    this.blind = [];
    this.plot = null;
    this.closed = new AbortController();
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(this.canvas);
    const { signal } = this.closed;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.redraw(), { signal });
  }

  close() {
    this.closed.abort();
    this.observer.disconnect();
    this.plot?.destroy();
    this.node.remove();
  }

  /** series: one item of /api/series. changes: [{at, to}]. blind: [{from, to, name}], seconds. */
  show(series, changes, blind) {
    Object.assign(this, { series, changes, blind });
    const { step, points } = series;
    const middle = points.map((point) => Date.parse(point.at) / 1000 + step / 2);
    this.data = [middle, points.map((point) => point.count || null), points.map((point) => point.mean)];
    this.most = Math.max(4, ...points.map((point) => point.count));
    this.span = middle.length ? [middle[0] - step / 2, middle.at(-1) + step / 2] : [0, 1];
    this.#say(null);
    this.#describe();
    if (!this.plot) return this.#draw();
    this.plot.setData(this.data, false);
    this.plot.batch(() => {
      this.plot.setScale("x", { min: this.span[0], max: this.span[1] });
      this.plot.setScale("n", { min: 0, max: this.most * 2.15 });
    });
  }

  /** Draw anew with the colours and the zone of now. */
  redraw() {
    this.plot?.destroy();
    this.plot = null;
    if (this.data) this.#draw();
  }

  #draw() {
    const width = this.canvas.clientWidth;
    if (width < 40) return;
    const style = getComputedStyle(this.canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    const line = { stroke: colour("--muted"), font: FONT, grid: { stroke: colour("--grid"), width: 1 }, ticks: { show: false } };
    this.colour = colour;
    const { bars } = window.uPlot.paths;
    const options = {
      width,
      height: HEIGHT,
      legend: { show: false },
      padding: [28, 0, 0, 0],
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false, sync: { key: "people" } },
      scales: {
        x: { time: true, range: () => this.span },
        n: { range: () => [0, this.most * 2.15] },
        m: { range: () => [-3.3, 1] }, // -1..1 is the upper part, the bars have the lower one
      },
      axes: [
        { ...line, size: 24, space: 42, values: (_, splits, __, ___, step) => axis(splits, step) },
        { ...line, scale: "n", size: 38, gap: 4, splits: () => [0, this.most], grid: { show: false } },
        { ...line, scale: "m", side: 1, size: 30, gap: 4, splits: () => [-1, 0, 1], values: () => ["−1", "0", "+1"] },
      ],
      series: [
        {},
        { scale: "n", fill: colour("--bar"), stroke: colour("--bar"), width: 0, points: { show: false }, paths: bars({ size: [0.78, 40] }) },
        { scale: "m", stroke: colour("--mean"), width: 1.6, spanGaps: false, points: { show: true, size: 4, fill: colour("--mean"), width: 0 } },
      ],
      hooks: {
        drawClear: [(plot) => this.#bands(plot)],
        draw: [(plot) => this.#marks(plot)],
        setCursor: [(plot) => this.#say(plot.cursor.idx)],
      },
    };
    this.plot = new window.uPlot(options, this.data, this.canvas);
  }

  #resize() {
    const width = this.canvas.clientWidth;
    if (!this.plot && this.data) this.#draw();
    else if (this.plot && width > 40 && this.plot.width !== width) this.plot.setSize({ width, height: HEIGHT });
  }

  /** For those who see no picture. */
  #describe() {
    const inside = (at) => at >= this.span[0] && at <= this.span[1];
    const changed = this.changes.filter(({ at }) => inside(at)).map(({ to }) => STATUS[to] ?? to);
    const blind = this.blind.filter(({ from, to }) => to > this.span[0] && from < this.span[1]);
    const said = [
      this.#total(),
      changed.length ? `status became ${changed.join(", then ")}` : "no change of status",
      blind.length ? `not readable for a time: ${[...new Set(blind.map(({ name }) => name))].join(", ")}` : null,
    ];
    this.canvas.setAttribute("aria-label", said.filter(Boolean).join("; "));
  }

  #total() {
    const count = this.series.points.reduce((sum, point) => sum + point.count, 0);
    return `last ${this.series.span}: ${many(count, "reaction")}`;
  }

  /** Hatched where a source could not be read. */
  #bands({ ctx, bbox, valToPos }) {
    ctx.save();
    ctx.fillStyle = this.#hatch(ctx);
    for (const { from, to } of this.blind) {
      const [low, high] = [Math.max(from, this.span[0]), Math.min(to, this.span[1])];
      if (high <= low) continue;
      const left = valToPos(low, "x", true);
      const width = Math.max(3 * devicePixelRatio, valToPos(high, "x", true) - left);
      ctx.fillRect(left, bbox.top, Math.min(width, bbox.left + bbox.width - left), bbox.height);
    }
    ctx.restore();
  }

  #hatch(ctx) {
    const size = Math.round(7 * devicePixelRatio);
    const tile = el("canvas", { width: size, height: size });
    const pen = tile.getContext("2d");
    pen.fillStyle = this.colour("--blind-ground");
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = this.colour("--blind");
    pen.lineWidth = 1.2 * devicePixelRatio;
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift, size);
      pen.lineTo(shift + size, 0);
    }
    pen.stroke();
    return ctx.createPattern(tile, "repeat");
  }

  /** A line through the chart where the status changed, with its word where there is room. */
  #marks({ ctx, bbox, valToPos }) {
    ctx.save();
    ctx.font = FONT.replace("11px", `600 ${11 * devicePixelRatio}px`);
    ctx.textBaseline = "bottom";
    ctx.lineWidth = 1.5 * devicePixelRatio;
    const free = [Infinity, Infinity]; // the leftmost point taken in each row of words
    for (const { at, to } of [...this.changes].reverse()) {
      if (at < this.span[0] || at > this.span[1]) continue;
      const x = Math.round(valToPos(at, "x", true));
      ctx.strokeStyle = ctx.fillStyle = this.colour(`--${to}`) || this.colour("--ink");
      ctx.setLineDash(to === "confirmed" ? [] : [4 * devicePixelRatio, 3 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      const word = STATUS[to] ?? to;
      const wide = ctx.measureText(word).width;
      const left = Math.max(bbox.left, Math.min(x - wide / 2, bbox.left + bbox.width - wide));
      const row = free.findIndex((end) => left + wide < end - 6 * devicePixelRatio);
      if (row < 0) continue;
      ctx.fillText(word, left, bbox.top - (1 + row * 13) * devicePixelRatio);
      free[row] = left;
    }
    ctx.restore();
  }

  #say(index) {
    const { points, step } = this.series;
    const point = points[index];
    if (point) {
      const mean = Number.isFinite(point.mean) ? `mean ${signed(point.mean)}` : "nothing scored";
      return setText(this.readout, `${say(new Date(point.at))} (${seconds(step)}): ${many(point.count, "reaction")}, ${mean}`);
    }
    setText(this.readout, `${this.#total()}, bars of ${seconds(step)}`);
  }
}
