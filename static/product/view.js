// A vector times a matrix: the vector stands beside the rows that it weighs, the result below the
// columns that are added up. Where the matrix was empty and is told, its rows come one by one.

import { el } from "../elements.js";
import { onWidth, viewOf, whenGone } from "../life.js";
import { buildFigure, cellFor, decode, reading } from "../matrix.js";

const [EACH, WHOLE] = [700, 3000]; // ms for a row, and for all of them, at most
const TALLEST = 320; // px of a matrix whose cells have no numbers
const SIGN = 24; // px
const LABELS = 30; // px of the vector's row numbers
const [WIDEST, WIDEST_ON_A_PHONE] = [64, 46]; // px of its cells
const HEAD = 19; // px of a table's head

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const readout = el("div", { class: "readout", role: "status" });
  const on = { say: (matrix, row, col) => (readout.textContent = reading(matrix, row, col)), pick: () => {} };
  const boxes = ["vector", "matrix", "product"].map((name) => el("div", { class: name }));
  const signs = [el("span", { class: "times", "aria-hidden": "true" }, "·"), el("span", { class: "equals", "aria-hidden": "true" }, "=")];
  const host = el("div", { class: "all" }, boxes[0], signs[0], boxes[1], signs[1], boxes[2]);
  root.append(host, readout);
  const [vector, matrix, product] = boxes.map((box) => buildFigure(box, on));
  let latest = null;
  let width = 0;
  let rows = Infinity; // of the matrix, that have come
  let timer = 0;

  function pause() {
    clearInterval(timer);
    timer = 0;
    rows = Infinity;
  }
  whenGone(pause);

  function show(data) {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const [before, now] = [latest?.matrix.matrices[0], data.matrix.matrices[0]];
    const comes = before?.values === null && now.values !== null && now.rows === before.rows;
    pause();
    latest = data;
    readout.textContent = data.help;
    if (comes && !still) {
      rows = 0;
      timer = setInterval(next, Math.min(EACH, WHOLE / now.rows));
    }
    draw();
  }

  function next() {
    rows += 1;
    readout.textContent = latest.passes[rows - 1] ?? "";
    if (rows >= latest.matrix.matrices[0].rows) pause();
    clip();
  }

  function draw() {
    if (!latest || !width) return;
    const both = { matrices: [...latest.matrix.matrices, ...latest.product.matrices] };
    const widest = width < 480 ? WIDEST_ON_A_PHONE : WIDEST;
    const beside = cellFor(both, width - SIGN - LABELS - widest, TALLEST);
    const narrow = beside.decimals === null ? beside : { ...beside, width: Math.min(beside.width, widest), labels: LABELS };
    const labels = { none: "?" };
    for (const [figure, { matrices, peak }, cell] of [[vector, latest.vector, narrow], [matrix, latest.matrix, beside], [product, latest.product, beside]]) {
      figure.draw(decode(matrices[0]), peak, cell, labels);
      const caption = /** @type {HTMLElement} */ (figure.box.querySelector("figcaption"));
      caption.dataset.scale = cell.decimals === null && matrices[0].values !== null ? `±${peak.toPrecision(2)}` : "";
    }
    const [empty] = latest.matrix.matrices;
    const side = beside.decimals === null ? beside.width : 0;
    const body = /** @type {HTMLElement} */ (matrix.box.querySelector(".body"));
    // The frame of what is not told yet is as large as it.
    if (empty.values === null && side) body.style.minHeight = `${empty.rows * side}px`;
    body.style.maxWidth = empty.values === null ? `${empty.cols * (beside.width + 1) + beside.labels}px` : "";
    clip();
  }

  // Only the rows that have come are seen.
  function clip() {
    const body = /** @type {HTMLElement} */ (matrix.box.querySelector(".body"));
    const count = latest.matrix.matrices[0].rows;
    const head = matrix.box.dataset.kind === "table" ? HEAD : 0;
    const high = body.offsetHeight;
    const seen = head + ((high - head) * rows) / count;
    body.style.clipPath = rows < count ? `inset(0 -8px ${Math.max(0, high - seen)}px -8px)` : "";
  }

  onWidth(host, (now) => {
    width = now;
    draw();
  });
  return { show };
}
