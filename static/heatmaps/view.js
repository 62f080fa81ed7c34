// Groups of signed matrices on a diverging scale. Small ones are real tables with a number in
// every cell; where numbers no longer fit, a canvas. Either way a cell can be read by mouse,
// touch or arrow keys.

import { el } from "../elements.js";
import { words } from "../frame.js";
import { onLetters } from "../letters.js";
import { onWidth, viewOf } from "../life.js";
import { buildFigure, cellFor, decode, reading } from "../matrix.js";
import { bring, onMoment, presenting } from "../page.js";

const MOST_IN_A_HALF = 32; // columns; more become too thin to tell apart beside another group
const LEAST = [240, 170]; // px of a group; beside a narrow one less
const NARROW = 96; // px of a group of one column
const GAP = 24;
// px of a group's height without numbers, rows with numbers, and px of a cell's width: where loss
// and gradients are to stand on one screen, projected, and on a desk. On a phone a finger has to
// hit the cells.
const PROJECTED = [112, 8, 2];
const DESK = [132, 16];
const PHONE = [Infinity, 16];

export default function ({ data, parentElement, setTriggerValue }) {
  const view = viewOf(parentElement, build);
  view.select = (text) => setTriggerValue("selection", text);
  view.enlarge = (name) => setTriggerValue("enlarge", name);
  view.show(data);
}

function build(root) {
  const host = el("div", { class: "groups" });
  const readout = el("div", { class: "readout", role: "status" });
  root.append(host, readout);
  let latest = null;
  const groups = [];
  let width = 0;

  function draw() {
    if (!latest || !width) return;
    while (groups.length > latest.groups.length) groups.pop().box.remove();
    const cols = Math.max(...latest.groups.flatMap((g) => g.matrices.map((m) => m.cols ?? 0)));
    const wide = latest.groups.filter((group) => !group.narrow);
    const narrows = latest.groups.length - wide.length;
    const narrow = cols > MOST_IN_A_HALF && width < (narrows ? 480 : 900) && !presenting();
    const sizes = presenting() ? PROJECTED : width < 480 ? PHONE : DESK;
    const most = narrow ? 1 : Math.max(1, Math.floor((width - narrows * NARROW + GAP) / (LEAST[narrows ? 1 : 0] + GAP)));
    const rows = Math.ceil(wide.length / most);
    const columns = Math.ceil(wide.length / rows);
    const left = width - narrows * (NARROW + GAP);
    const room = (left - (columns - 1) * GAP) / columns;
    const tracks = `${`${NARROW}px `.repeat(narrows)}repeat(${columns}, minmax(0, 1fr))`;
    host.style.gridTemplateColumns = tracks;
    latest.groups.forEach((group, index) => {
      groups[index] ??= buildGroup(host, { say, pick, enlarge });
      // What is narrow stands beside them; under it there is no room for one of them.
      const place = wide.indexOf(group);
      const [row, column] = place < 0 ? [1, index + 1] : [1 + Math.floor(place / columns), 1 + narrows + (place % columns)];
      groups[index].box.style.gridArea = `${row} / ${column}`;
      groups[index].draw(group, group.narrow ? NARROW : room, latest, sizes, group.narrow ? cellFor(wide[0], room, ...sizes) : null);
    });
    fade();
    if (!readout.textContent) readout.textContent = latest.labels.help;
  }

  function say(matrix, row, col) {
    readout.textContent = reading(matrix, row, col);
  }

  function pick({ name, vector, cols }, row, col) {
    // A vector's cell is one of its only row, also where it stands upright.
    const cell = `cell-${name}-${vector && cols === 1 ? `0-${row}` : `${row}-${col}`}`;
    if (cell !== latest.selection && name.endsWith(".grad")) bring(".answer");
    view.select(cell);
  }

  function enlarge(name) {
    if (name !== latest.enlarged) bring(".st-key-answer:has(.js-plotly-plot)");
    view.enlarge(name);
  }

  // While a program is played, a .grad that backward has not come to yet is pale, and says so.
  let isEarly = (_leaf) => false;
  onMoment((moment) => {
    isEarly = (leaf) => moment !== null && moment.line !== null && !moment.filled.includes(leaf);
    fade();
  });
  function fade() {
    /** @type {NodeListOf<HTMLElement>} */
    const drawn = host.querySelectorAll("figure:not([data-kind=none])");
    for (const figure of drawn) {
      const [, leaf] = figure.querySelector(".name")?.textContent?.match(/^(?:→ )?(.+)\.grad$/) ?? [];
      figure.dataset.early = leaf && isEarly(leaf) ? words().not_yet : "";
    }
  }

  onLetters(draw);
  onWidth(host, (now) => {
    width = now;
    draw();
  });

  function show(data) {
    latest = data;
    readout.textContent = "";
    draw();
  }
  const view = { show, select: (_cell) => {}, enlarge: (_name) => {} };
  return view;
}

// A figure with a button that asks for it to be shown large.
function buildLarge(figure, on) {
  const button = el("button", { type: "button", class: "enlarge" });
  figure.box.querySelector("figcaption").append(button);
  let name = "";
  button.addEventListener("click", () => on.enlarge(name));

  function offer(matrix, enlarged, labels) {
    name = matrix.name;
    button.hidden = !matrix.enlargeable;
    button.textContent = "⤢";
    button.title = labels.enlarge;
    button.setAttribute("aria-label", `${labels.enlarge}: ${name}`);
    button.setAttribute("aria-pressed", String(name === enlarged));
  }
  return { ...figure, offer };
}

// The index of the chosen cell in a matrix, or -1.
function chosenIn(matrix, selection) {
  const [, name, row, col] = selection.match(/^cell-(.+)-(\d+)-(\d+)$/) ?? [];
  if (name !== matrix.name) return -1;
  if (matrix.vector && matrix.cols === 1) return Number(col);
  return col < matrix.cols ? row * matrix.cols + Number(col) : -1;
}

function buildGroup(host, on) {
  const title = el("span", { class: "title" });
  const low = el("span", {});
  const high = el("span", {});
  const legend = el("span", { class: "legend" }, low, el("span", { class: "ramp" }), high);
  const box = el("section", { class: "group" }, el("header", {}, title, legend));
  host.append(box);
  const figures = [];

  // beside: the cell of what stands beside a group, whose rows are to be as high
  function draw(group, room, { labels, selection, enlarged }, sizes, beside) {
    title.textContent = group.title;
    legend.hidden = group.matrices.every((matrix) => matrix.values === null);
    legend.style.visibility = group.narrow ? "hidden" : ""; // its room keeps the rows level
    low.textContent = `-${group.peak.toPrecision(3)}`;
    high.textContent = `+${group.peak.toPrecision(3)}`;
    const cell = beside && beside.decimals === null ? beside : cellFor(group, room, ...sizes);
    // Numbers say more than the scale, where there is no title that it could stand below.
    legend.hidden ||= !group.title && cell.decimals !== null;
    while (figures.length > group.matrices.length) figures.pop().box.remove();
    group.matrices.forEach((matrix, index) => {
      figures[index] ??= buildLarge(buildFigure(box, on), on);
      const chosen = chosenIn(matrix, selection);
      figures[index].draw({ ...decode(matrix), chosen }, group.peak, cell, labels);
      figures[index].offer(matrix, enlarged, labels);
    });
  }
  return { box, draw };
}
