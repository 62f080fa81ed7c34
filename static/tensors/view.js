// What a run has left, as one table: tensors, parameters of modules, and their gradients. A
// gradient opens as a heatmap below its row.

import { el } from "../elements.js";
import { words } from "../frame.js";
import { icon } from "../icons.js";
import { onWidth, viewOf } from "../life.js";
import { buildFigure, cellFor, decode, reading } from "../matrix.js";
import { onMoment } from "../page.js";

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const caption = el("caption", {});
  const head = el("tr", {});
  const body = el("tbody", {});
  const frame = el("div", { class: "wide", role: "group", tabindex: "0" }, el("table", { class: "tensors" }, caption, el("thead", {}, head), body));
  root.append(frame);
  /** @type {Set<string>} */
  const opened = new Set(); // gradients that the reader has opened, by name
  let latest = null;
  let width = 0;

  const isEarly = (moment, leaf) => moment !== null && moment.line !== null && !moment.filled.includes(leaf);
  /** @type {import("../page.js").Moment | null} */
  let played = null;
  onMoment((moment) => {
    played = moment;
    fade();
  });
  // While a program is played, a gradient that backward has not come to yet is pale, and says so.
  function fade() {
    /** @type {NodeListOf<HTMLElement>} */
    const cells = body.querySelectorAll("td.gradient");
    for (const cell of cells) cell.dataset.early = cell.dataset.leaf && isEarly(played, cell.dataset.leaf) ? words().not_yet : "";
  }

  onWidth(frame, (now) => {
    width = now;
    if (latest) draw();
  });

  function draw() {
    const { labels, rows } = latest;
    caption.textContent = labels.caption;
    frame.setAttribute("aria-label", labels.caption);
    head.replaceChildren(...latest.heads.map((name) => el("th", { scope: "col" }, name)));
    body.replaceChildren(...rows.flatMap((row) => {
      const drawn = [buildRow(row)];
      if (row.matrix && opened.has(row.name)) drawn.push(buildHeatmap(row));
      return drawn;
    }));
    fade();
  }

  function buildRow(row) {
    const gradient = el("td", row.leaf ? { class: "gradient", "data-leaf": row.name } : {}, row.gradient);
    if (row.matrix) {
      const open = el("button", { type: "button", "aria-expanded": String(opened.has(row.name)) });
      open.textContent = latest.labels[opened.has(row.name) ? "close" : "open"];
      open.setAttribute("aria-label", `${open.textContent}: ${row.matrix.name}`);
      open.addEventListener("click", () => {
        if (!opened.delete(row.name)) opened.add(row.name);
        draw();
        body.querySelectorAll("tr[data-name]").forEach((one) => one instanceof HTMLElement && one.dataset.name === row.name && one.querySelector("button")?.focus());
      });
      gradient.append(" ", open);
    }
    const cells = row.cells.map((text, i) => el("td", {}, ...(i === latest.leaf && row.leaf ? [icon("leaf"), " "] : []), text));
    return el("tr", { "data-name": row.name }, el("th", { scope: "row" }, row.name), ...cells, gradient);
  }

  function buildHeatmap({ matrix }) {
    const readout = el("div", { class: "readout", role: "status" }, latest.labels.help);
    const place = el("div", {});
    const cell = el("td", { colspan: latest.heads.length, class: "heatmap" }, place, readout);
    const say = (shown, row, col) => (readout.textContent = reading(shown, row, col));
    const figure = buildFigure(place, { say, pick: () => {} });
    const room = Math.max(240, width - 24);
    figure.draw({ ...decode(matrix), chosen: -1 }, matrix.peak, cellFor({ matrices: [matrix], peak: matrix.peak }, room), latest.labels);
    return el("tr", {}, cell);
  }

  function show(data) {
    latest = data;
    if (width) draw();
  }
  return { show };
}
