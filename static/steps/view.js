// What the node that backward has come to received, and what it passed on.

import { el } from "../elements.js";
import { onWidth, viewOf } from "../life.js";
import { buildFigure, cellFor, decode } from "../matrix.js";
import { onMoment } from "../page.js";

const WIDEST = 300;
const TALLEST = 240;

export default function ({ data, parentElement }) {
  viewOf(parentElement, build).show(data);
}

function build(root) {
  const panel = el("section", { class: "step", role: "status" });
  root.append(panel);
  let latest = null;
  let id = ""; // of the node
  let width = 0;

  onWidth(panel, (now) => {
    width = now;
    draw();
  });
  onMoment((moment) => {
    const now = moment?.fired.findLast((one) => one.startsWith("node-")) ?? "";
    if (now === id) return;
    id = now;
    draw();
  });

  function draw() {
    if (!latest || !width) return;
    const step = latest.steps[id];
    if (!step) {
      panel.replaceChildren(el("p", {}, latest.before));
      return;
    }
    const words = el("ol", { class: "words" }, ...step.texts.map((text) => el("li", {}, text)));
    const figures = el("div", { class: "figures" });
    panel.replaceChildren(el("h4", {}, step.title), words, figures);
    const peak = Math.max(...step.matrices.map((matrix) => matrix.peak), 0) || 1;
    for (const matrix of step.matrices) {
      const cell = cellFor({ matrices: [matrix] }, Math.min(WIDEST, width), TALLEST);
      buildFigure(figures, { say: () => {}, pick: () => {} }).draw(decode(matrix), peak, cell, {});
    }
  }

  function show(data) {
    latest = data;
    draw();
  }
  return { show };
}
